import assert from 'node:assert/strict';
import { codeOf } from '../../common/domain/errors.ts';
import { both, chunk, found, type IndexPlace, SETTINGS, vectorAlong } from './search-index.place.ts';

const MANUAL = { userId: 'alice', documentId: 'manual' };

const numbered = (count: number, fields: { generation?: number } = {}) =>
  Array.from({ length: count }, (_, chunkIndex) => {
    const chunkId = `${fields.generation ?? 1}-${String(chunkIndex).padStart(4, '0')}`;
    return chunk(`pump ${chunkIndex}`, { ...fields, chunkIndex, chunkId });
  });

export const writingContract = (start: () => Promise<IndexPlace>) =>
  describe('writing', () => {
    it('replaces a chunk that it has: text, words, vector and tags', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the old pump', { chunkId: 'one', tags: ['old'] })]);
      await index.put([chunk('the new valve', { chunkId: 'one', tags: ['new'], vector: vectorAlong(0, 0.5) })]);
      await place.settled();
      assert.deepEqual(await found(index, { text: 'old pump' }), { semantic: ['the new valve'], keyword: [] });
      assert.deepEqual(await found(index, { text: 'valve', filters: { tags: ['new'] } }), both('the new valve'));
      assert.deepEqual(await found(index, { text: 'valve', filters: { tags: ['old'] } }), both());
      assert.deepEqual(await index.chunkIds(MANUAL), ['one']);
    });

    it('holds a chunk once, however often it is put', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      for (let round = 0; round < 3; round++) await index.put(numbered(120));
      await place.settled();
      assert.equal((await index.chunkIds(MANUAL)).length, 120);
      assert.equal((await found(index, { limit: 300 })).semantic.length, 120);
    });

    it('loses nothing when two write at once', async () => {
      await using place = await start();
      await using one = await place.open(SETTINGS);
      await using two = await place.open(SETTINGS);
      const ofBoth = [one, two].flatMap((index, writer) =>
        Array.from({ length: 20 }, (_, number) => {
          const documentId = `document ${number % 4}`; // the same ones for both
          return index.put([chunk(`pump ${writer} ${number}`, { documentId, chunkIndex: number })]);
        }),
      );
      await Promise.all(ofBoth);
      await place.settled();
      const { semantic, keyword } = await found(one, { limit: 100 });
      assert.deepEqual([new Set(semantic).size, new Set(keyword).size], [40, 40]);
    });

    it('takes no chunks at all', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([]);
      await place.settled();
      assert.deepEqual(await found(index, {}), both());
    });

    for (const [what, vector] of [
      ['of another dimension', new Float32Array([1])],
      ['that hold what is no number', new Float32Array(SETTINGS.dimension).fill(Number.NaN)],
    ] as const) {
      it(`refuses vectors ${what}, and keeps nothing of them`, async () => {
        await using place = await start();
        await using index = await place.open(SETTINGS);
        const wrong = chunk('wrong', { vector });
        await assert.rejects(index.put([chunk('right'), wrong]), (error) => codeOf(error) === 'invalid');
        await assert.rejects(found(index, { vector }), (error) => codeOf(error) === 'invalid');
        await place.settled();
        assert.deepEqual(await index.chunkIds(MANUAL), []);
      });
    }

    it('pages through the ids of a document in order, a thousand at a time', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const chunks = numbered(1_001);
      await index.put(chunks.toReversed());
      await index.put([chunk('of another document', { documentId: 'plan' })]);
      await place.settled();
      const ids = chunks.map(({ chunkId }) => chunkId);
      assert.deepEqual(await index.chunkIds(MANUAL), ids.slice(0, 1_000));
      assert.deepEqual(await index.chunkIds(MANUAL, undefined, ids[999]), ids.slice(1_000));
      assert.deepEqual(await index.chunkIds(MANUAL, 1, ids[1_000]), []);
    });

    it('tells generations apart, and lists them together', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([...numbered(2, { generation: 2 }), ...numbered(2, { generation: 1 })]);
      await place.settled();
      assert.deepEqual(await index.chunkIds(MANUAL, 2), ['2-0000', '2-0001']);
      assert.deepEqual(await index.chunkIds(MANUAL), ['1-0000', '1-0001', '2-0000', '2-0001']);
    });

    it('deletes one generation, and says how many chunks it had', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([...numbered(250, { generation: 1 }), ...numbered(3, { generation: 2 })]);
      await place.settled();
      assert.equal(await index.delete(MANUAL, 1), 250);
      await place.settled();
      assert.deepEqual(await index.chunkIds(MANUAL), ['2-0000', '2-0001', '2-0002']);
      assert.equal((await found(index, { limit: 300 })).keyword.length, 3);
    });

    it('deletes a document with all its generations, and nothing of others', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([...numbered(100, { generation: 1 }), ...numbered(100, { generation: 2 })]);
      await index.put([chunk('pump of bob', { userId: 'bob' }), chunk('another pump', { documentId: 'plan' })]);
      await place.settled();
      assert.equal(await index.delete(MANUAL), 200);
      await place.settled();
      assert.deepEqual(await found(index, {}), both('another pump'));
      assert.deepEqual(await found(index, { by: 'bob' }), both('pump of bob'));
    });

    it('deletes what is public for everybody', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump', { isPublic: true })]);
      await place.settled();
      await index.delete(MANUAL);
      await place.settled();
      assert.deepEqual(await found(index, { by: 'bob' }), both());
    });

    it('deletes where nothing is', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      assert.equal(await index.delete(MANUAL), 0);
    });

    it('takes a document again after its deletion', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      for (let round = 0; round < 3; round++) {
        await index.put([chunk('the pump', { isPublic: true })]);
        await place.settled();
        for (const by of ['alice', 'bob']) assert.deepEqual(await found(index, { by }), both('the pump'));
        await index.delete(MANUAL);
        await place.settled();
        for (const by of ['alice', 'bob']) assert.deepEqual(await found(index, { by }), both());
      }
    });
  });
