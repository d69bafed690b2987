import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { indexThread } from '../../../../common/adapters/embedded/sqlite-search/index-thread.ts';
import { codeOf } from '../../../../common/domain/errors.ts';
import { bareChunk, batchOf, temporaryIndex } from './indexed.ts';

const IDLE_MS = 60_000;
const DOCUMENT = bareChunk('the pump');

const workers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

describe('a thread of the search index', () => {
  it('starts when it is asked, ends when it has been idle, and comes back', async () => {
    await using place = await temporaryIndex();
    const before = workers();
    await using thread = indexThread({ ...place, role: 'write' }, 1);
    assert.equal(workers(), before);
    for (let round = 0; round < 2; round++) {
      await thread.ask('put', batchOf(DOCUMENT));
      while (workers() > before) await turn();
    }
    assert.deepEqual(await thread.ask('chunkIds', { document: DOCUMENT }), [DOCUMENT.chunkId]);
  });

  it('finishes what it was asked before it is closed, and takes nothing after', async () => {
    await using place = await temporaryIndex();
    const thread = indexThread({ ...place, role: 'write' }, IDLE_MS);
    const put = thread.ask('put', batchOf(DOCUMENT));
    const closed = thread[Symbol.asyncDispose]();
    await assert.rejects(thread.ask('chunkIds', { document: DOCUMENT }), (error) => codeOf(error) === 'unavailable');
    assert.deepEqual(await put, []);
    await closed;
  });

  it('refuses more than it can have waiting, and works off the rest', async () => {
    await using place = await temporaryIndex();
    await using thread = indexThread({ ...place, role: 'write' }, IDLE_MS);
    const asked = Array.from({ length: 1_001 }, () => thread.ask('chunkIds', { document: DOCUMENT }));
    const outcomes = await Promise.allSettled(asked);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    assert.deepEqual(
      refused.map(({ reason }) => codeOf(reason)),
      ['unavailable'],
    );
  });

  it('fails what it was at when it dies, and is replaced', async function () {
    this.timeout(30_000);
    await using place = await temporaryIndex();
    await using thread = indexThread({ ...place, role: 'write' }, IDLE_MS);
    const tooBig = bareChunk('漢'.repeat(4_000_000), { chunkId: 'too big', documentId: 'too big' });
    await assert.rejects(thread.ask('put', batchOf(tooBig)), (error) => codeOf(error) === 'internal');
    assert.deepEqual(await thread.ask('put', batchOf(DOCUMENT)), []);
  });
});
