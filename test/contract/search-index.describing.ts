import assert from 'node:assert/strict';
import { codeOf } from '../../common/domain/errors.ts';
import { both, chunk, found, type IndexPlace, SETTINGS } from './search-index.place.ts';

const MANUAL = { userId: 'alice', documentId: 'manual' };

export const describingContract = (start: () => Promise<IndexPlace>) => {
  describe('describing', () => {
    it('makes a document public, and private again', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const chunks = Array.from({ length: 250 }, (_, number) => chunk(`pump ${number}`, { chunkIndex: number }));
      await index.put(chunks);
      for (const [isPublic, hits] of [
        [true, 250],
        [false, 0],
        [true, 250],
      ] as const) {
        await index.describe(MANUAL, { tags: [], isPublic });
        await place.settled();
        const { semantic, keyword } = await found(index, { by: 'bob', limit: 300 });
        assert.deepEqual([semantic.length, keyword.length], [hits, hits]);
      }
    });

    it('sets the tags of all generations, and of no other document', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('pump one', { tags: ['old'] }), chunk('pump two', { generation: 2, tags: ['old'] })]);
      await index.put([chunk('pump of bob', { userId: 'bob', tags: ['old'] })]);
      await index.describe(MANUAL, { tags: ['new', 'newer'], isPublic: false });
      await place.settled();
      const { semantic } = await found(index, { filters: { tags: ['newer'] } });
      assert.deepEqual(new Set(semantic), new Set(['pump one', 'pump two']));
      assert.deepEqual(await found(index, { filters: { tags: ['old'] } }), both());
      assert.deepEqual(await found(index, { by: 'bob', filters: { tags: ['old'] } }), both('pump of bob'));
    });

    it('describes what is not there without a word', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.describe(MANUAL, { tags: ['new'], isPublic: true });
      await place.settled();
      assert.deepEqual(await found(index, { by: 'bob' }), both());
    });

    it('lets a later put say it anew', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('pump one', { isPublic: true }), chunk('pump two', { isPublic: true, chunkIndex: 1 })]);
      await index.put([chunk('pump one'), chunk('pump two', { chunkIndex: 1 })]);
      await place.settled();
      assert.deepEqual(await found(index, { by: 'bob' }), both());
      assert.equal((await found(index, {})).keyword.length, 2);
    });
  });

  describe('opening', () => {
    it('finds what was put before it was closed', async () => {
      await using place = await start();
      {
        await using index = await place.open(SETTINGS);
        await index.put([chunk('the pump')]);
      }
      await place.settled();
      await using index = await place.open(SETTINGS);
      assert.deepEqual(await found(index, {}), both('the pump'));
    });

    it('finds what another one has put', async () => {
      await using place = await start();
      await using reading = await place.open(SETTINGS);
      assert.deepEqual(await found(reading, {}), both());
      await using writing = await place.open(SETTINGS);
      await writing.put([chunk('the pump')]);
      await place.settled();
      assert.deepEqual(await found(reading, {}), both('the pump'));
    });

    for (const change of [{ model: 'another model' }, { dimension: 3 }]) {
      it(`refuses ${JSON.stringify(change)}, and says what to do`, async () => {
        await using place = await start();
        await using index = await place.open(SETTINGS);
        await index.put([chunk('the pump')]);
        await assert.rejects(place.open({ ...SETTINGS, ...change }), (error) => {
          assert.equal(codeOf(error), 'conflict');
          assert.match(String(error), /a model \(8 dimensions\).*[Uu]se .* or /);
          return true;
        });
      });
    }
  });
};
