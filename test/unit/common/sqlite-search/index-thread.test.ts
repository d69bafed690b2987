import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { indexThread } from '../../../../common/adapters/embedded/sqlite-search/index-thread.ts';
import { codeOf } from '../../../../common/domain/errors.ts';
import { bareChunk, batchOf, temporaryIndex } from './indexed.ts';

const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

describe('a thread of the search index', () => {
  it('starts when it is asked, ends when it has been idle, and comes back', async () => {
    await using place = await temporaryIndex();
    const before = threads();
    await using thread = indexThread({ ...place, role: 'write' }, 1);
    assert.equal(threads(), before);
    for (let round = 0; round < 2; round++) {
      await thread.ask('put', batchOf(bareChunk('the pump')));
      while (threads() > before) await turn();
    }
    assert.deepEqual(await thread.ask('chunkIds', { document: bareChunk('the pump') }), ['chunk of the pump']);
  });
});
