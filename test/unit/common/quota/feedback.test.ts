import assert from 'node:assert/strict';
import { type Activity, type Second, secondOf } from '../../../../common/domain/quota/activity.ts';
import { type Steering, steered, UNTROUBLED } from '../../../../common/domain/quota/feedback.ts';

const NOW = Date.UTC(2026, 0, 1);
const QUOTA = 1_000;
const FINE: Second = { used: 1_000, answered: 10, throttled: 0, jobs: 1 };
const HALF: Second = { used: 500, answered: 7, throttled: 7, jobs: 1 };

/** Seconds that are over, the last one last. */
const past = (...seconds: Second[]): Activity =>
  new Map(seconds.map((second, n) => [secondOf(NOW) - seconds.length + n, second] as const));
const times = (count: number, second: Second) => Array.from({ length: count }, () => second);
const at = (steering: Steering, activity: Activity) => steered(steering, activity, { now: NOW, quota: QUOTA });

const cut = (changedAt: number): Steering => ({ share: 0.5, changedAt, base: 0.5, step: 0.01, restMs: 30_000 });

describe('steered', () => {
  it('changes nothing while nothing is throttled', () => {
    assert.equal(at(UNTROUBLED, past(...times(10, FINE))), UNTROUBLED);
  });

  it('cuts to just below what was served, once the bucket was empty for long enough to tell', () => {
    assert.equal(at(UNTROUBLED, past(...times(5, FINE), ...times(4, HALF))), UNTROUBLED);
    const { share, base, changedAt } = at(UNTROUBLED, past(...times(5, FINE), ...times(5, HALF)));
    assert.deepEqual({ share, base, changedAt }, { share: 0.4925, base: 0.4925, changedAt: NOW });
  });

  it('looks longer where calls are few and large', () => {
    const few = { ...HALF, answered: 2, throttled: 2 };
    assert.equal(at(UNTROUBLED, past(...times(2, FINE), ...times(7, few))), UNTROUBLED);
    assert.equal(at(UNTROUBLED, past(...times(2, FINE), ...times(8, few))).share, 0.4925);
  });

  it('lets a throttle or two pass', () => {
    const unlucky = { ...FINE, throttled: 1 };
    assert.equal(at(UNTROUBLED, past(...times(5, FINE), unlucky, ...times(3, FINE), unlucky)), UNTROUBLED);
  });

  it('concludes nothing from the first seconds', () => {
    assert.equal(at(UNTROUBLED, past(...times(4, HALF))), UNTROUBLED);
  });

  it('does not take for its own what was under way when it cut', () => {
    const steering = cut(NOW - 1_000);
    assert.equal(at(steering, past(...times(9, HALF))), steering);
  });

  it('trims what still throttles after a cut', () => {
    const { share } = at(cut(NOW - 6_000), past(...times(5, { ...FINE, used: 500 }), { ...FINE, throttled: 1 }));
    assert.equal(share, 0.485);
  });

  it('never grants less than a little, so that it is noticed when the service is back', () => {
    const nothing = { used: 0, answered: 0, throttled: 9, jobs: 0 };
    assert.equal(at(UNTROUBLED, past(...times(10, nothing))).share, 1 / 64);
  });

  it('doubles the least share as long as calls are answered, for nothing is known of what there is', () => {
    const least = { ...cut(NOW - 5_000), share: 1 / 64, base: 1 / 64 };
    const served = { ...FINE, used: 16, answered: 1 };
    assert.equal(at(least, past(...times(4, { ...HALF, answered: 0 }), ...times(4, served))).share, 1 / 32);
    assert.equal(at(least, past(...times(4, { ...HALF, answered: 0 }))), least);
    const half = { ...least, share: 0.5 };
    assert.deepEqual(at(half, past(...times(4, served))), { ...UNTROUBLED, changedAt: NOW });
    const { share, base } = at(half, past(...times(3, served), HALF));
    assert.deepEqual([share, base], [0.25, 0.25]);
  });

  it('probes by a little after a good while in use, and by more each time', () => {
    const used = past(...times(10, { ...FINE, used: 500, answered: 20 }));
    const first = at(cut(NOW - 30_000), used);
    assert.deepEqual([first.share, first.base, first.step], [0.51, 0.5, 0.02]);
    const second = at({ ...first, changedAt: NOW - 5_000 }, used);
    assert.deepEqual([second.share, second.base, second.step], [0.53, 0.5, 0.04]);
  });

  it('does not probe what is not used', () => {
    const steering = cut(NOW - 60_000);
    assert.equal(at(steering, past(...times(10, { ...FINE, used: 100 }))), steering);
  });

  it('takes a probe back at the first throttle, and rests for twice as long', () => {
    const probe: Steering = { share: 0.57, changedAt: NOW - 3_000, base: 0.5, step: 0.08, restMs: 30_000 };
    const { share, base, restMs } = at(probe, past(...times(9, FINE), { ...FINE, throttled: 1 }));
    assert.deepEqual({ share, base, restMs }, { share: 0.5, base: 0.5, restMs: 60_000 });
  });

  it('is untroubled again once all of the quota goes well', () => {
    const probe: Steering = { share: 0.95, changedAt: NOW - 5_000, base: 0.5, step: 0.08, restMs: 120_000 };
    assert.deepEqual(at(probe, past(...times(10, FINE))), { ...UNTROUBLED, changedAt: NOW });
  });
});
