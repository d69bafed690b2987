import assert from 'node:assert/strict';
import { codeOf } from '../../../../common/domain/errors.ts';
import { ask, chunk, SETTINGS, vectorAlong } from '../../../contract/search-index.place.ts';
import { temporaryIndex } from '../../../support/aws/temporary-index.ts';

const MANUAL = { userId: 'alice', documentId: 'manual' };

describe('vectors as a model spelt them, in OpenSearch', () => {
  it('are found by their numbers', async () => {
    await using place = await temporaryIndex('none');
    await using index = await place.open(SETTINGS);
    await index.put([
      chunk('near', { vector: '[1, 0.0, 0, 0, 0, 0, 0, 1E-7]' }),
      chunk('far', { vector: '[-1e0,0,0,0,0,0,0,0]' }),
    ]);
    await place.settled();
    for (const vector of [vectorAlong(0), '[1,0,0,0,0,0,0,0]']) {
      const { semantic } = await index.search({
        vector,
        filters: {},
        limit: 10,
        visibleTo: { userId: 'alice', sharedDocumentIds: [] },
      });
      assert.deepEqual(
        semantic.map(({ content, relevance }) => `${content} ${relevance.toFixed(3)}`),
        ['near 1.000', 'far -1.000'],
      );
    }
  });

  it('survive a description: a partial update builds the chunk anew', async () => {
    await using place = await temporaryIndex('none');
    await using index = await place.open(SETTINGS);
    await index.put([chunk('the pump', { vector: '[0,1,0,0,0,0,0,0]' })]);
    await place.settled();
    await index.describe(MANUAL, { tags: ['new'], isPublic: true });
    await place.settled();
    const [hit] = (await ask(index, { by: 'bob', vector: vectorAlong(1), filters: { tags: ['new'] } })).semantic;
    assert.deepEqual([hit?.content, hit?.relevance.toFixed(3)], ['the pump', '1.000']);
    assert.equal((await ask(index, { by: 'bob', text: 'pump' })).keyword.length, 1);
  });

  for (const [what, vector] of [
    ['what is no number', '[NaN,0,0,0,0,0,0,0]'],
    ['a word', '[null,0,0,0,0,0,0,0]'],
    ['another dimension', '[1,0]'],
    ['a list in a list', '[1,0,[0,0,0,0,0,0]'],
    ['nothing but zeros', '[0,0,0,0,0,0,0,0]'],
  ] as const) {
    it(`are refused where they hold ${what}, first or not`, async () => {
      await using place = await temporaryIndex('none');
      await using index = await place.open(SETTINGS);
      const [right, wrong] = [chunk('right'), chunk('wrong', { vector })];
      await assert.rejects(index.put([wrong]), (error) => codeOf(error) === 'invalid');
      await assert.rejects(index.put([right, wrong]), (error) => codeOf(error) === 'invalid');
      await place.settled();
      const ids = await index.chunkIds(MANUAL);
      assert.ok(!ids.includes(wrong.chunkId));
    });
  }
});
