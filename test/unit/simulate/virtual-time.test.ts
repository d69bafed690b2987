import assert from 'node:assert/strict';
import { seededRandom } from '../../simulate/engine/random.ts';
import { virtualTime } from '../../simulate/engine/virtual-time.ts';

const HOUR_MS = 3_600_000;

describe('Virtual time', () => {
  it('lets an hour pass at once, and in the order of the hours', async () => {
    const { clock, elapsed, run } = virtualTime();
    const seen: [string, number][] = [];
    for (const [name, ms] of [
      ['late', HOUR_MS],
      ['early', 5],
      ['never', 2 * HOUR_MS],
    ] as const) {
      clock.after(ms, () => seen.push([name, elapsed()]));
    }
    await run(1.5 * HOUR_MS);
    assert.deepEqual(seen, [
      ['early', 5],
      ['late', HOUR_MS],
    ]);
    assert.equal(elapsed(), 1.5 * HOUR_MS);
  });

  it('keeps a thousand events in order, and those of one moment as they were made', async () => {
    const { clock, run } = virtualTime();
    const random = seededRandom(1);
    const planned = Array.from({ length: 1_000 }, (_, place) => ({ place, ms: 1 + random.below(50) }));
    const seen: typeof planned = [];
    for (const each of planned) clock.after(each.ms, () => seen.push(each));
    await run(100);
    assert.deepEqual(
      seen,
      planned.toSorted((a, b) => a.ms - b.ms || a.place - b.place),
    );
  });

  it('lets all promises settle before the next event', async () => {
    const { clock, run } = virtualTime();
    const seen: string[] = [];
    const steps = async () => {
      await clock.sleep(1);
      for (let step = 0; step < 100; step += 1) await Promise.resolve();
      seen.push('a hundred promises later');
    };
    void steps();
    clock.after(2, () => seen.push('the next event'));
    await run(10);
    assert.deepEqual(seen, ['a hundred promises later', 'the next event']);
  });

  it('leaves out what was cancelled', async () => {
    const { clock, events, run } = virtualTime();
    const cancelled = clock.after(1, () => assert.fail('it was cancelled'));
    clock.after(2, () => undefined);
    cancelled.cancel();
    await run(10);
    assert.equal(events(), 1);
  });

  it('wakes a sleeper whose signal aborts, with its reason', async () => {
    const { clock, elapsed, run } = virtualTime();
    const stop = new AbortController();
    const woken = assert.rejects(clock.sleep(HOUR_MS, stop.signal), /enough/).then(elapsed);
    clock.after(7, () => stop.abort(new Error('enough')));
    await run(10);
    assert.equal(await woken, 7);
    await assert.rejects(clock.sleep(1, stop.signal), /enough/);
  });

  it('waits a millisecond at least, as timers do, and not at all for none', async () => {
    const { clock, elapsed, run } = virtualTime();
    const sleeper = async () => {
      await clock.sleep(0);
      await clock.sleep(-5);
      const before = elapsed();
      await clock.sleep(0.2);
      return [before, elapsed()];
    };
    const times = sleeper();
    await run(10);
    assert.deepEqual(await times, [0, 1]);
  });

  it('ends with what an event throws', async () => {
    const { clock, run } = virtualTime();
    clock.after(1, () => {
      throw new Error('broken model');
    });
    await assert.rejects(run(10), /broken model/);
  });
});

describe('Seeded chance', () => {
  it('draws the same for the same seed, and something else for another', () => {
    const drawn = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => random.below(1_000));
    };
    assert.deepEqual(drawn(1), drawn(1));
    assert.notDeepEqual(drawn(1), drawn(2));
  });

  it('has half of its log-normal numbers under the median', () => {
    const random = seededRandom(3);
    const under = Array.from({ length: 10_000 }, () => random.logNormal(120, 0.5)).filter((x) => x < 120).length;
    assert.ok(under > 4_850 && under < 5_150, `${under} of 10,000`);
  });
});
