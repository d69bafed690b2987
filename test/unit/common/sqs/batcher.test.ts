import assert from 'node:assert/strict';
import { batcher } from '../../../../common/adapters/aws/sqs/batcher.ts';

/** Keeps the batches that it is given. */
const recording = (errorOf: (entry: string) => Error | undefined = () => undefined) => {
  const batches: string[][] = [];
  const run = async (entries: readonly string[]) => {
    batches.push([...entries]);
    return entries.map(errorOf);
  };
  return { batches, run };
};

const letters = (count: number): string[] => Array.from({ length: count }, (_, n) => String.fromCharCode(97 + n));

describe('batches', () => {
  it('hold ten entries that come one by one, and the rest goes after the linger', async () => {
    const { batches, run } = recording();
    const add = batcher({ run });
    await Promise.all(letters(23).map(add));
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [10, 10, 3],
    );
    assert.deepEqual(batches.flat(), letters(23));
  });

  it('go at once when they are full', async () => {
    const { run } = recording();
    const add = batcher({ run, lingerMs: 60_000 });
    await Promise.all(letters(10).map(add));
  });

  it('stay within what SQS takes in one call, and carry what is larger alone', async () => {
    const { batches, run } = recording();
    const bytes: Record<string, number> = { a: 200_000, b: 62_144, c: 1, d: 900_000, e: 5 };
    const add = batcher({ run, bytesOf: (entry) => bytes[entry] ?? 0 });
    await Promise.all(letters(5).map(add));
    assert.deepEqual(batches, [['a', 'b'], ['c'], ['d'], ['e']]);
  });

  it('tell each caller of its own error', async () => {
    const { run } = recording((entry) => (entry === 'b' ? new Error('refused') : undefined));
    const add = batcher({ run });
    const results = await Promise.allSettled(letters(3).map(add));
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
  });

  it('fail with the whole call', async () => {
    const add = batcher({ run: () => Promise.reject(new Error('away')) });
    await Promise.all(letters(2).map((letter) => assert.rejects(add(letter), { message: 'away' })));
  });
});
