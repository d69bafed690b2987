import assert from 'node:assert/strict';
import { leaseClock } from '../../../../common/adapters/aws/sqs/lease-clock.ts';

const VISIBILITY_MS = 60_000;

const opened = () => {
  let now = 1_000;
  const clock = leaseClock(VISIBILITY_MS, () => now);
  const pass = (ms: number) => {
    now += ms;
    return now;
  };
  return { clock, pass };
};

describe('the clock of leases', () => {
  it('has leases renewed once a third of their time has run', () => {
    const { clock, pass } = opened();
    clock.take('old');
    pass(19_000);
    clock.take('young');
    assert.deepEqual(clock.due(), []);
    pass(1_000);
    assert.deepEqual(clock.due(), ['old']);
  });

  it('counts a renewal from when it was asked for, not from its answer', () => {
    const { clock, pass } = opened();
    const signal = clock.take('job');
    const since = pass(20_000);
    pass(10_000);
    clock.renewed('job', since);
    pass(49_000);
    assert.equal(clock.isHeld('job'), true);
    pass(1_000);
    assert.equal(clock.isHeld('job'), false);
    assert.equal(signal.aborted, true);
  });

  it('loses a lease that was not renewed, before somebody else may have it', () => {
    const { clock, pass } = opened();
    const signal = clock.take('job');
    pass(VISIBILITY_MS - clock.tickMs - 1);
    clock.lapse();
    assert.equal(signal.aborted, false);
    pass(1);
    clock.lapse();
    assert.equal(signal.aborted, true);
  });

  it('knows after a long sleep that a lease is over, even before it is told to look', () => {
    const { clock, pass } = opened();
    const signal = clock.take('job');
    pass(VISIBILITY_MS);
    assert.equal(clock.isHeld('job'), false);
    assert.equal(signal.aborted, true);
  });

  it('never takes a lost lease back', () => {
    const { clock, pass } = opened();
    clock.take('job');
    clock.lose('job');
    clock.renewed('job', pass(0));
    assert.equal(clock.isHeld('job'), false);
    pass(30_000);
    assert.deepEqual(clock.due(), []);
  });

  it('forgets what has settled', () => {
    const { clock, pass } = opened();
    const signal = clock.take('job');
    clock.release('job');
    pass(VISIBILITY_MS);
    clock.lapse();
    assert.equal(clock.isHeld('job'), false);
    assert.equal(signal.aborted, false);
  });
});
