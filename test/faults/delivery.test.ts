import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JobQueue, Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { openFleet } from '../support/fleet.ts';
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

/** The same behind the back of real processes: each job is in the queue twice, and takes any turn. */
const DISTURB = `
  create trigger twice after insert on job when new.receiveCount = 0 begin
    update job set turn = abs(random() % 50) where id = new.id;
    insert into job (stage, body, grp, state, turn, visibleAt, sentAt)
    values (new.stage, new.body, new.grp, 'delayed', abs(random() % 50), new.sentAt + 1000, new.sentAt);
  end`;

describe('delivery', () => {
  it('twice and out of order, to several processes, makes each chunk once', async function () {
    this.timeout(90_000);
    await using fleet = await openFleet();
    const queue = new DatabaseSync(join(fleet.folder, 'queue.db'));
    queue.exec(DISTURB);
    queue.close();
    for (const _ of ['one', 'another']) fleet.worker();
    for (let n = 1; n <= 4; n += 1) await uploaded(fleet.home.ports, prose(n * 60, n));
    await atRest(fleet.home.ports, 'ada');
    await assertWhole(fleet.home.ports, 'ada');
  });

  it('twice and out of order makes each chunk once', async function () {
    this.timeout(60_000);
    const around = (ports: Ports) => ({ ...ports, queue: twice(ports.queue) });
    await using home = await temporaryHome({ workers: true, around });
    for (let n = 1; n <= 4; n += 1) await uploaded(home.ports, prose(n * 60, n));
    await atRest(home.ports, 'ada');
    await assertWhole(home.ports, 'ada');
  });
});
