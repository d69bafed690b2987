import assert from 'node:assert/strict';
import { memoryUsage } from 'node:process';
import type { Sight } from '../../../../common/runtime/sight.ts';
import { tidyWhenIdle } from '../../../../common/runtime/tidy-when-idle.ts';

const SIGHT: Sight = { name: 'worker.ended', cause: 'a test' };

describe('tidyWhenIdle', () => {
  it('passes on what is seen', () => {
    const seen: Sight[] = [];
    tidyWhenIdle((sight) => void seen.push(sight))(SIGHT);
    assert.deepEqual(seen, [SIGHT]);
  });

  it('collects what nobody holds any more once nothing has been seen for a while', async () => {
    const forgotten = Promise.withResolvers<void>();
    const registry = new FinalizationRegistry(() => forgotten.resolve());
    registry.register(
      Array.from({ length: 1_000_000 }, (_, n) => ({ n })),
      'garbage',
    );
    const before = memoryUsage().heapUsed;
    tidyWhenIdle(() => {}, 1)(SIGHT);
    const alive = setInterval(() => {}, 1_000); // an unref'd timer keeps no test alive
    await forgotten.promise;
    clearInterval(alive);
    assert.ok(memoryUsage().heapUsed < before);
  });
});
