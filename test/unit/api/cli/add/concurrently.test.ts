import assert from 'node:assert/strict';
import { eachAtOnce, together } from '../../../../../api/cli/add/concurrently.ts';

async function* numbers(count: number, taken: number[]): AsyncGenerator<number> {
  for (let n = 0; n < count; n += 1) {
    taken.push(n);
    yield n;
  }
}

describe('work on many items', () => {
  it('is done on a few at once, and takes no item before there is room', async () => {
    const taken: number[] = [];
    let atWork = 0;
    let most = 0;
    let ahead = 0;
    let done = 0;
    await eachAtOnce(numbers(20, taken), 3, async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      ahead = Math.max(ahead, taken.length - done);
      await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
      done += 1;
    });
    assert.deepEqual([taken.length, most, ahead], [20, 3, 3]);
  });

  it('takes no more after a failure, which is told when all are at rest', async () => {
    const taken: number[] = [];
    const work = async (n: number): Promise<void> => {
      if (n === 2) throw new Error('two');
    };
    await assert.rejects(eachAtOnce(numbers(1_000, taken), 2, work), /two/);
    assert.ok(taken.length < 10);
  });

  it('tells the first of several failures, at once to who has to stop the others', async () => {
    const stop = Promise.withResolvers<void>();
    const failing = Promise.reject(new Error('first'));
    const stopped = stop.promise.then(() => Promise.reject(new Error('stopped')));
    await assert.rejects(together([stopped, failing], stop.resolve), /first/);
  });
});
