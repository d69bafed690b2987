import assert from 'node:assert/strict';
import { patiently, waitMsOf } from '../../../../../api/cli/client/patience.ts';
import { Refused } from '../../../../../api/cli/client/problem.ts';
import { AppError } from '../../../../../common/domain/errors.ts';

const busy = (status: number, retryAfterSeconds?: number) =>
  new Refused('throttled', 'Busy.', { status, retryAfterSeconds });

/** Work that fails with these errors, one a try, and then succeeds; and the waits between. */
const failing = (...errors: Error[]) => {
  const waits: number[] = [];
  const left = [...errors];
  return {
    waits,
    sleep: async (ms: number) => void waits.push(ms),
    async work() {
      const error = left.shift();
      if (error !== undefined) throw error;
      return 'done';
    },
  };
};

describe('patience', () => {
  it('tries again after what the server asks to wait', async () => {
    const { work, sleep, waits } = failing(busy(429, 3), busy(507, 0));
    assert.equal(await patiently(work, { attempts: 5, unreachable: false, sleep }), 'done');
    assert.deepEqual(waits, [3_000, 0]);
  });

  it('waits twice as long each time where the server does not say, and a little less by chance', () => {
    assert.deepEqual(
      [0, 1, 2].map((attempt) => waitMsOf(busy(503), attempt, 0)),
      [500, 1_000, 2_000],
    );
    assert.equal(waitMsOf(busy(503), 2, 1), 1_000);
    assert.equal(waitMsOf(busy(503), 30, 0), 30_000);
  });

  it('waits two minutes at most, whatever the server asks', () => {
    assert.equal(waitMsOf(busy(429, 86_400), 0, 0), 120_000);
  });

  it('gives up after its attempts, with the last error', async () => {
    const { work, sleep, waits } = failing(busy(503), busy(503), busy(507));
    await assert.rejects(patiently(work, { attempts: 3, unreachable: false, sleep }), { status: 507 });
    assert.equal(waits.length, 2);
  });

  it('does not try again what will not pass', async () => {
    const { work, sleep, waits } = failing(busy(400));
    await assert.rejects(patiently(work, { attempts: 3, unreachable: true, sleep }), { status: 400 });
    assert.deepEqual(waits, []);
  });

  it('tries again when the server is away, only if told to', async () => {
    const away = () => failing(new AppError('unavailable', 'The connection broke.'));
    const { work, sleep } = away();
    assert.equal(await patiently(work, { attempts: 3, unreachable: true, sleep }), 'done');
    const impatient = away();
    const once = patiently(impatient.work, { attempts: 3, unreachable: false, sleep: impatient.sleep });
    await assert.rejects(once, { code: 'unavailable' });
  });

  it('says for what and how long it waits', async () => {
    const { work, sleep } = failing(busy(429, 7));
    const told: unknown[] = [];
    const onWait = (error: Error, seconds: number) => void told.push([error.message, seconds]);
    await patiently(work, { attempts: 2, unreachable: false, sleep, onWait });
    assert.deepEqual(told, [['Busy.', 7]]);
  });

  it('does not wait for what broke because it was stopped', async () => {
    const { work } = failing(new AppError('unavailable', 'The connection broke.'));
    const onWait = () => assert.fail('waits');
    const patience = { attempts: 2, unreachable: true, signal: AbortSignal.abort(), onWait };
    await assert.rejects(patiently(work, patience), { name: 'AbortError' });
  });

  it('ends its wait when it is stopped', async () => {
    const stopping = new AbortController();
    const { work } = failing(busy(429, 60));
    const onWait = () => stopping.abort();
    const patience = { attempts: 2, unreachable: false, signal: stopping.signal, onWait };
    await assert.rejects(patiently(work, patience), { name: 'AbortError' });
  });
});
