import type { JobQueue, Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { temporaryHome } from '../support/home.ts';
import { assertWhole, atRest } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { uploaded } from '../support/uploads.ts';

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** Every message comes twice, the second time later, and all in another order. */
const twice = (queue: JobQueue): JobQueue => ({
  ...queue,
  send: (messages) =>
    queue.send(shuffled(messages.flatMap((message): Message[] => [message, { ...message, delaySeconds: 1 }]))),
});

describe('delivery', () => {
  it('twice and out of order makes each chunk once', async function () {
    this.timeout(60_000);
    const around = (ports: Ports) => ({ ...ports, queue: twice(ports.queue) });
    await using home = await temporaryHome({ workers: true, around });
    for (let n = 1; n <= 4; n += 1) await uploaded(home.ports, prose(n * 60, n));
    await atRest(home.ports, 'ada');
    await assertWhole(home.ports, 'ada');
  });
});
