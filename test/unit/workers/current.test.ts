import assert from 'node:assert/strict';
import type { Document } from '../../../common/domain/document.ts';
import { current, discard, eraseGeneration } from '../../../workers/current.ts';
import { aDocument, aRef } from '../../support/documents.ts';
import { temporaryStores } from '../../support/stores.ts';
import { ALL, leavingsOf, NOTHING, processed, SERVED } from './leavings.ts';

const LATER = '2027-01-01T00:00:00.000Z';

/** Stores with one document, of which all that the stages write is there. */
const openWith = async (changes: Partial<Document> = {}) => {
  const stores = await temporaryStores();
  const document = aDocument(changes);
  await stores.documents.create(document);
  await processed(stores, document);
  return { ...stores, document };
};

describe('current', () => {
  it('gives the record that a job is about', async () => {
    await using stores = await openWith();
    assert.deepEqual(await current(stores, stores.document), stores.document);
  });

  it('gives it while an older generation is served', async () => {
    await using stores = await openWith({ generation: 2, servedGeneration: 1 });
    assert.deepEqual(await current(stores, stores.document), stores.document);
  });

  it('throws stale for another generation, older or newer', async () => {
    await using stores = await openWith({ generation: 2 });
    for (const generation of [1, 3]) {
      await assert.rejects(current(stores, { ...stores.document, generation }), { code: 'stale' });
    }
  });

  it('throws stale for what is served already', async () => {
    await using stores = await openWith({ servedGeneration: 1 });
    await assert.rejects(current(stores, stores.document), { code: 'stale' });
  });

  it('throws stale for what is deleted, gone, or never was', async () => {
    await using stores = await openWith();
    const tombstone = await stores.documents.change(stores.document, { deletedAt: LATER });
    await assert.rejects(current(stores, tombstone), { code: 'stale' });
    await stores.documents.remove(tombstone);
    await assert.rejects(current(stores, tombstone), { code: 'stale' });
    await assert.rejects(current(stores, aRef()), { code: 'stale' });
  });

  it('throws what the store throws', async () => {
    await using stores = await openWith();
    const documents = { ...stores.documents, get: async () => assert.fail('the disk is gone') };
    await assert.rejects(current({ documents }, stores.document), /the disk is gone/);
  });
});

describe('discard', () => {
  it('touches nothing of a generation that is being processed', async () => {
    await using stores = await openWith();
    await discard(stores, stores.document);
    assert.deepEqual(await leavingsOf(stores, stores.document), ALL);
  });

  it('removes all of a generation that was replaced, and nothing of its successor', async () => {
    await using stores = await openWith();
    const next = await stores.documents.change(stores.document, { generation: 2 });
    await processed(stores, next);
    await discard(stores, stores.document);
    assert.deepEqual(await leavingsOf(stores, stores.document), NOTHING);
    assert.deepEqual(await leavingsOf(stores, next), ALL);
  });

  it('removes the work files alone of a generation that is served', async () => {
    await using stores = await openWith({ servedGeneration: 1 });
    await discard(stores, stores.document);
    assert.deepEqual(await leavingsOf(stores, stores.document), SERVED);
  });

  it('keeps what is served while its successor is processed', async () => {
    await using stores = await openWith({ servedGeneration: 1 });
    await stores.documents.change(stores.document, { generation: 2 });
    await discard(stores, stores.document);
    assert.deepEqual(await leavingsOf(stores, stores.document), SERVED);
  });

  it('touches nothing of a generation that is still arriving', async () => {
    await using stores = await openWith({ servedGeneration: 1 });
    const arriving = { ...stores.document, generation: await stores.documents.nextGeneration(stores.document) };
    await processed(stores, arriving);
    await discard(stores, arriving);
    assert.deepEqual(await leavingsOf(stores, arriving), ALL);
  });

  it('removes all of a document that is deleted, served or not, and of one that is gone', async () => {
    for (const changes of [{}, { servedGeneration: 1 }]) {
      await using stores = await openWith(changes);
      const tombstone = await stores.documents.change(stores.document, { deletedAt: LATER });
      await discard(stores, tombstone);
      assert.deepEqual(await leavingsOf(stores, tombstone), NOTHING);
      await stores.documents.remove(tombstone);
      await processed(stores, tombstone); // by a worker that was late
      await discard(stores, tombstone);
      assert.deepEqual(await leavingsOf(stores, tombstone), NOTHING);
    }
  });

  it('may come twice, and at the same time', async () => {
    await using stores = await openWith({ generation: 2 });
    const old = { ...stores.document, generation: 1 };
    await processed(stores, old);
    await Promise.all([discard(stores, old), discard(stores, old), discard(stores, old)]);
    await discard(stores, old);
    assert.deepEqual(await leavingsOf(stores, old), NOTHING);
    assert.deepEqual(await leavingsOf(stores, stores.document), ALL);
  });
});

describe('eraseGeneration', () => {
  it("leaves other documents', other users' and other generations' data", async () => {
    await using stores = await openWith({ generation: 1 });
    const { document } = stores;
    const others = [{ ...document, generation: 11 }, aRef(), aRef({ userId: 'ad' }), aRef({ userId: 'ada2' })];
    for (const other of others) await processed(stores, other);
    await eraseGeneration(stores, document);
    assert.deepEqual(await leavingsOf(stores, document), NOTHING);
    for (const other of others) assert.deepEqual(await leavingsOf(stores, other), ALL);
  });
});
