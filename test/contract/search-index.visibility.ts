import assert from 'node:assert/strict';
import { both, chunk, found, type IndexPlace, SETTINGS, vectorAlong } from './search-index.place.ts';

export const visibilityContract = (start: () => Promise<IndexPlace>) =>
  describe('visibility', () => {
    it("finds the caller's own chunks, by meaning and by word", async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump')]);
      await place.settled();
      assert.deepEqual(await found(index, {}), both('the pump'));
    });

    it("never finds another user's", async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump')]);
      await place.settled();
      assert.deepEqual(await found(index, { by: 'bob' }), both());
    });

    it("tells two users' documents of the same id apart", async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump of alice'), chunk('the pump of bob', { userId: 'bob' })]);
      await place.settled();
      assert.deepEqual(await found(index, { by: 'bob' }), both('the pump of bob'));
    });

    it("never finds others' by what looks like their owner's name", async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump'), chunk('a valve', { userId: 'bob', documentId: 'plan' })]);
      await place.settled();
      for (const text of ['1xpump', '0xpump', 'alice pump', 'content:pump', '1x pump']) {
        assert.deepEqual((await found(index, { by: 'bob', text })).keyword, []);
      }
    });

    it('finds public chunks for everybody, once', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump', { isPublic: true })]);
      await place.settled();
      for (const by of ['alice', 'bob']) assert.deepEqual(await found(index, { by }), both('the pump'));
    });

    it('finds the chunks of documents that are shared with the caller, and no others of their owner', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump'), chunk('the secret pump', { documentId: 'secret' })]);
      await index.put([chunk("carol's pump", { userId: 'carol', documentId: 'plan' })]);
      await place.settled();
      const question = { by: 'bob', shared: ['manual', 'plan'] };
      const { semantic, keyword } = await found(index, question);
      assert.deepEqual(new Set(semantic), new Set(['the pump', "carol's pump"]));
      assert.deepEqual(new Set(keyword), new Set(['the pump', "carol's pump"]));
    });

    it('finds once what is shared and public and own at a time', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump', { isPublic: true })]);
      await place.settled();
      for (const by of ['alice', 'bob'])
        assert.deepEqual(await found(index, { by, shared: ['manual'] }), both('the pump'));
    });

    it('takes a thousand shared documents', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump')]);
      await place.settled();
      const shared = Array.from({ length: 999 }, (_, number) => `unknown ${number}`);
      assert.deepEqual(await found(index, { by: 'bob', shared: [...shared, 'manual'] }), both('the pump'));
    });

    it("loses no hit to others' chunks that match better", async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const better = Array.from({ length: 40 }, (_, number) =>
        chunk(`pump pump pump ${number}`, { userId: 'bob', documentId: `plan ${number}` }),
      );
      await index.put([...better, chunk('a long text that names a pump once', { vector: vectorAlong(0, 0.1) })]);
      await place.settled();
      assert.deepEqual(await found(index, { limit: 1 }), both('a long text that names a pump once'));
    });

    it('merges own, shared and public chunks into one ranking', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([
        chunk('third', { vector: vectorAlong(0, 0.7) }),
        chunk('second', { userId: 'bob', documentId: 'plan', vector: vectorAlong(0, 0.8) }),
        chunk('first', { userId: 'carol', documentId: 'note', isPublic: true, vector: vectorAlong(0, 0.9) }),
      ]);
      await place.settled();
      assert.deepEqual((await found(index, { shared: ['plan'] })).semantic, ['first', 'second', 'third']);
    });
  });
