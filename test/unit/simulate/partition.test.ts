import assert from 'node:assert/strict';
import { seededRandom } from '../../simulate/engine/random.ts';
import { virtualTime } from '../../simulate/engine/virtual-time.ts';
import { partition } from '../../simulate/models/partition.ts';

/** So many writers that each write so often, all for ten seconds. */
const tenSeconds = async (writers: number, everyMs: number) => {
  const { clock, run } = virtualTime();
  const item = partition({ clock, random: seededRandom(1) });
  let failed = 0;
  const write = (): void => {
    item
      .write(() => undefined)
      .catch(() => {
        failed += 1;
      });
    clock.after(everyMs, write);
  };
  for (let n = 0; n < writers; n += 1) clock.after(1 + (n % everyMs), write);
  await run(10_000);
  return { ...item.counters(), failed };
};

describe('A partition of DynamoDB, simulated', () => {
  it('takes 900 writes a second and throttles none', async () => {
    const { writes, throttled } = await tenSeconds(450, 500);
    assert.ok(writes > 8_900 && writes < 9_100, `${writes} writes`);
    assert.equal(throttled, 0);
  });

  it('takes no more than 1,000 a second of the 2,000 that 1,000 workers try, and a second of rest before', async () => {
    const { writes, throttled, failed } = await tenSeconds(1_000, 500);
    const taken = writes - throttled;
    assert.ok(taken > 9_900 && taken <= 11_010, `${taken} taken`);
    assert.ok(failed > 5_000, `${failed} failed for good`);
  });

  it('applies a write when it is taken, and answers after the way back', async () => {
    const { clock, elapsed, run } = virtualTime();
    const item = partition({ clock, random: seededRandom(1) });
    const answer = item.write(() => elapsed()).then((applied) => ({ applied, answered: elapsed() }));
    await run(1_000);
    const { applied, answered } = await answer;
    assert.ok(0 < applied && applied < answered, `applied after ${applied} ms, answered after ${answered} ms`);
  });
});
