import assert from 'node:assert/strict';
import type { Message } from '../../../common/ports/job-queue.ts';
import { fairQueue } from '../../support/fair-queue/fair-queue.ts';

const messages = (group: string, count: number): Message[] =>
  Array.from({ length: count }, (_, n) => ({ stage: 'embed', group, body: n }));

/** Works with so many slots until all is done; returns the groups in the order of delivery. */
const deliveries = async (slots: number, sent: readonly Message[], during: () => readonly Message[] = () => []) => {
  const queue = fairQueue();
  const stopping = new AbortController();
  const order: string[] = [];
  let [expected, ended] = [sent.length, 0];
  await queue.send(sent);
  await queue.consume('embed', { slots, stopping: stopping.signal }, async ({ group }) => {
    order.push(group);
    if (order.length === slots) {
      const late = during();
      expected += late.length;
      await queue.send(late);
    }
    await new Promise(setImmediate);
    ended += 1;
    if (ended === expected) stopping.abort();
    return { fate: 'done' };
  });
  return order;
};

describe('the stand-in of a fair queue', () => {
  it('lets the messages of a quiet group pass those of a noisy one', async () => {
    const order = await deliveries(40, messages('ada', 200), () => messages('bob', 5));
    assert.deepEqual(order.slice(40, 45), ['bob', 'bob', 'bob', 'bob', 'bob']);
  });

  it('delivers in order of arrival while no group is noisy', async () => {
    const sent = Array.from({ length: 20 }, (_, n) => messages(`user-${n}`, 1)).flat();
    assert.deepEqual(
      await deliveries(5, sent),
      sent.map(({ group }) => group),
    );
  });

  it('shares between noisy groups by what they have in flight', async () => {
    const order = await deliveries(80, [...messages('ada', 300), ...messages('bob', 300)]);
    const bobs = order.slice(100, 300).filter((group) => group === 'bob').length;
    assert.ok(bobs > 60 && bobs < 140, `bob had ${bobs} of 200`);
  });

  it('gives a message that was given back once more', async () => {
    const queue = fairQueue();
    const stopping = new AbortController();
    const counts: number[] = [];
    await queue.send(messages('ada', 1));
    await queue.consume('embed', { slots: 1, stopping: stopping.signal }, async ({ receiveCount }) => {
      counts.push(receiveCount);
      if (receiveCount === 1) return { fate: 'return', code: 'internal', reason: 'Again.' };
      stopping.abort();
      return { fate: 'done' };
    });
    assert.deepEqual(counts, [1, 2]);
  });
});
