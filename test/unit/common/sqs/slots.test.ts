import assert from 'node:assert/strict';
import { slotsOf } from '../../../../common/adapters/aws/sqs/slots.ts';

const NEVER = new AbortController().signal;

describe('slots', () => {
  it('are free again when their work has ended, however it ends', async () => {
    const slots = slotsOf(2, NEVER);
    const work = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    for (const { promise } of work) slots.fill(() => promise);
    assert.equal(slots.free(), 0);
    const room = slots.room();
    work[0].reject(new Error('a bug'));
    await room;
    assert.equal(slots.free(), 1);
    work[1].resolve();
    await slots.idle();
    assert.equal(slots.free(), 2);
  });

  it('make room for all that end in the same moment', async () => {
    const slots = slotsOf(3, NEVER);
    const batch = Promise.withResolvers<void>();
    for (let n = 0; n < 3; n += 1) slots.fill(() => batch.promise);
    const room = slots.room();
    batch.resolve();
    await room;
    assert.equal(slots.free(), 3);
  });

  it('are waited for no longer once it is stopping', async () => {
    const stopping = new AbortController();
    const slots = slotsOf(1, stopping.signal);
    const work = Promise.withResolvers<void>();
    slots.fill(() => work.promise);
    const room = slots.room();
    stopping.abort();
    await room;
    assert.equal(slots.free(), 0);
    work.resolve();
    await slots.idle();
  });
});
