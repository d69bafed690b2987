import assert from 'node:assert/strict';
import { backoffMs, patience } from '../../../../common/runtime/backoff.ts';

describe('backoffMs', () => {
  it('doubles from 0.2 s, up to 10 s', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 8, 5_000].map((tries) => backoffMs(tries, () => 1));
    assert.deepEqual(longest, [200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000]);
  });

  it('draws between half of it and all', () => {
    assert.equal(
      backoffMs(3, () => 0),
      400,
    );
    for (let n = 0; n < 100; n += 1) {
      const ms = backoffMs(3);
      assert.ok(ms >= 400 && ms <= 800);
    }
  });
});

describe('patience', () => {
  it('waits at least half of the backoff', async () => {
    const started = performance.now();
    await patience(1, new AbortController().signal);
    assert.ok(performance.now() - started >= 99);
  });

  it('ends at once when it is told to, before and meanwhile', async () => {
    const started = performance.now();
    await patience(99, AbortSignal.abort());
    const leaving = new AbortController();
    const waiting = patience(99, leaving.signal);
    leaving.abort();
    await waiting;
    assert.ok(performance.now() - started < 4_000);
  });
});
