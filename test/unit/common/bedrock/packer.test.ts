import assert from 'node:assert/strict';
import type { Embedded } from '../../../../common/adapters/aws/bedrock/embed-call.ts';
import { backoffPacer } from '../../../../common/adapters/aws/bedrock/pacer.ts';
import { openPacker } from '../../../../common/adapters/aws/bedrock/packer.ts';
import { AppError } from '../../../../common/domain/errors.ts';
import { ada, bob, texts } from './embedder-parts.ts';

describe('openPacker', () => {
  it('keeps a caller waiting whose texts are under way when patience ends: they may be paid', async () => {
    const answer = Promise.withResolvers<Embedded>();
    const called = Promise.withResolvers<void>();
    const calls: (readonly string[])[] = [];
    using packer = openPacker({
      limits: { texts: 2, tokens: 100 },
      lingerMs: 0,
      callsInFlight: 2,
      patienceMs: 0,
      pacer: backoffPacer(),
      call(given) {
        calls.push(given);
        called.resolve();
        if (calls.length === 1) return answer.promise;
        return Promise.reject(new AppError('throttled', 'Too many tokens.'));
      },
    });
    const underWay = packer.embed(texts(2), ada);
    await called.promise;
    await assert.rejects(packer.embed(texts(2, 'cells'), bob), { code: 'throttled' });
    answer.resolve({ vectors: ['[1]', '[2]'], tokens: 6 });
    assert.deepEqual(await underWay, ['[1]', '[2]']);
    assert.deepEqual(calls, [texts(2), texts(2, 'cells')]);
  });
});
