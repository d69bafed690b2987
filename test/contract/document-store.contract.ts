import assert from 'node:assert/strict';
import type { Document } from '../../common/domain/document.ts';
import type { DocumentStore } from '../../common/ports/document-store.ts';
import { aDocument, aRef } from '../support/documents.ts';
import type { Open } from '../support/temporary.ts';

const LONG_AGO = '2026-01-31T12:00:00.000Z';

const created = async (documents: DocumentStore, changes: Partial<Document> = {}): Promise<Document> => {
  const document = aDocument({ uploadDate: LONG_AGO, updatedAt: LONG_AGO, ...changes });
  await documents.create(document);
  return document;
};

const deleted = async (documents: DocumentStore): Promise<Document> =>
  documents.change(await created(documents), { deletedAt: LONG_AGO });

/** What every DocumentStore promises; `open` gives an empty one. */
export const documentStoreContract = (adapter: string, open: Open<DocumentStore>) =>
  describe(`DocumentStore: ${adapter}`, () => {
    it('gives back the record that was made, every field of it', async () => {
      await using documents = await open();
      const document = await created(documents, {
        generation: 3,
        latestGeneration: 4,
        servedGeneration: 2,
        contentSha256: 'ab',
        contentMd5: 'cd',
        chunkCount: 7,
        embeddingModel: 'a model',
        cleanedGeneration: 2,
        accessVersion: 1,
        metadata: { tags: ['b', 'a', '日本'], title: '"Quoted"', pageCount: 3 },
        searchableContent: { preview: 'line\nline \u2028 😀', keywords: ['k'] },
        access: { isPublic: true, sharedWith: ['bob'] },
      });
      assert.deepEqual(await documents.get(document), document);
    });

    it('throws conflict for one that is there, and keeps it', async () => {
      await using documents = await open();
      const document = await created(documents);
      await assert.rejects(documents.create({ ...document, fileName: 'other.txt' }), { code: 'conflict' });
      assert.deepEqual(await documents.get(document), document);
    });

    it('throws conflict for a tombstone too', async () => {
      await using documents = await open();
      const tombstone = await deleted(documents);
      await assert.rejects(documents.create(aDocument(aRef(tombstone))), { code: 'conflict' });
      assert.deepEqual(await documents.get(tombstone), tombstone);
    });

    it('makes one record of many that are made at the same time', async () => {
      await using documents = await open();
      const ref = aRef();
      const tries = Array.from({ length: 20 }, (_, n) => documents.create(aDocument({ ...ref, fileSize: n })));
      const fates = await Promise.allSettled(tries);
      assert.equal(fates.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal(fates[(await documents.get(ref)).fileSize]?.status, 'fulfilled');
    });

    it('throws not_found for what is not there, and for another user', async () => {
      await using documents = await open();
      const document = await created(documents);
      await assert.rejects(documents.get(aRef()), { code: 'not_found' });
      await assert.rejects(documents.get({ ...document, userId: 'bob' }), { code: 'not_found' });
    });

    it('gives out generations one by one', async () => {
      await using documents = await open();
      const document = await created(documents);
      assert.equal(await documents.nextGeneration(document), 2);
      assert.equal(await documents.nextGeneration(document), 3);
      assert.deepEqual(await documents.get(document), { ...document, latestGeneration: 3 });
    });

    it('gives each generation to one caller only', async () => {
      await using documents = await open();
      const document = await created(documents);
      const given = await Promise.all(Array.from({ length: 50 }, () => documents.nextGeneration(document)));
      const expected = Array.from({ length: 50 }, (_, n) => n + 2);
      assert.deepEqual(
        given.toSorted((a, b) => a - b),
        expected,
      );
    });

    it('gives no generation of what is not there, nor of a tombstone', async () => {
      await using documents = await open();
      const tombstone = await deleted(documents);
      await assert.rejects(documents.nextGeneration(aRef()), { code: 'not_found' });
      await assert.rejects(documents.nextGeneration(tombstone), { code: 'not_found' });
      assert.deepEqual(await documents.get(tombstone), tombstone);
    });

    it('changes the given fields, and updatedAt', async () => {
      await using documents = await open();
      const document = await created(documents);
      const changed = await documents.change(document, { status: 'ready', servedGeneration: 1, chunkCount: 0 });
      const { updatedAt, ...rest } = changed;
      assert.ok(updatedAt > LONG_AGO);
      assert.deepEqual(
        { ...rest, updatedAt: LONG_AGO },
        { ...document, status: 'ready', servedGeneration: 1, chunkCount: 0 },
      );
      assert.deepEqual(await documents.get(document), changed);
    });

    it('merges objects one level deep, and replaces lists', async () => {
      await using documents = await open();
      const document = await created(documents, {
        metadata: { tags: ['a', 'b'], title: 'Title', pageCount: 2 },
        access: { isPublic: true, sharedWith: ['bob', 'eve'] },
      });
      await documents.change(document, {
        processingStatus: { textExtracted: true },
        metadata: { tags: ['c'], language: 'en' },
        access: { sharedWith: [] },
        searchableContent: { preview: 'It begins' },
      });
      const { processingStatus, metadata, access, searchableContent } = await documents.get(document);
      assert.deepEqual(processingStatus, { ...document.processingStatus, textExtracted: true });
      assert.deepEqual(metadata, { tags: ['c'], title: 'Title', pageCount: 2, language: 'en' });
      assert.deepEqual(access, { isPublic: true, sharedWith: [] });
      assert.deepEqual(searchableContent, { preview: 'It begins', keywords: [] });
    });

    it('removes what is set to undefined, at the top and one level down', async () => {
      await using documents = await open();
      const document = await created(documents, {
        chunkCount: 3,
        metadata: { tags: [], title: 'Title', language: 'en' },
      });
      const changed = await documents.change(document, {
        chunkCount: undefined,
        metadata: { title: undefined, pageCount: undefined },
      });
      assert.ok(!('chunkCount' in changed));
      assert.deepEqual(changed.metadata, { tags: [], language: 'en' });
      assert.deepEqual(await documents.get(document), changed);
    });

    it('keeps every one of many changes to different fields at the same time', async () => {
      await using documents = await open();
      const document = await created(documents);
      await Promise.all([
        documents.change(document, { processingStatus: { textExtracted: true } }),
        documents.change(document, { processingStatus: { chunksCreated: true } }),
        documents.change(document, { metadata: { title: 'Title' } }),
        documents.change(document, { metadata: { description: 'Text' } }),
        documents.nextGeneration(document),
      ]);
      const { processingStatus, metadata, latestGeneration } = await documents.get(document);
      assert.deepEqual(
        [processingStatus.textExtracted, processingStatus.chunksCreated, metadata.title, metadata.description],
        [true, true, 'Title', 'Text'],
      );
      assert.equal(latestGeneration, 2);
    });

    it('moves on to a generation once: whoever comes later with the old one is stale', async () => {
      await using documents = await open();
      const document = await created(documents);
      const moves = Array.from({ length: 10 }, (_, n) => documents.change(document, { generation: 2, fileSize: n }));
      const fates = await Promise.allSettled(moves);
      assert.equal(fates.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal(fates[(await documents.get(document)).fileSize]?.status, 'fulfilled');
    });

    it('throws stale for another generation, a tombstone, and nothing at all, changing nothing', async () => {
      await using documents = await open();
      const document = await created(documents, { generation: 2 });
      const tombstone = await deleted(documents);
      const stale = { code: 'stale' };
      const change = { status: 'error', metadata: { tags: ['x'] } } as const;
      await assert.rejects(documents.change({ ...document, generation: 1 }, change), stale);
      await assert.rejects(documents.change({ ...document, generation: 3 }, change), stale);
      await assert.rejects(documents.change({ ...document, userId: 'bob' }, change), stale);
      await assert.rejects(documents.change(tombstone, change), stale);
      await assert.rejects(documents.change(tombstone, { deletedAt: undefined }), stale);
      await assert.rejects(documents.change(aRef(), change), stale);
      assert.deepEqual(await documents.get(document), document);
      assert.deepEqual(await documents.get(tombstone), tombstone);
    });

    it('gives back a tombstone until it is removed', async () => {
      await using documents = await open();
      const tombstone = await deleted(documents);
      assert.equal((await documents.get(tombstone)).deletedAt, LONG_AGO);
      await documents.remove(tombstone);
      await assert.rejects(documents.get(tombstone), { code: 'not_found' });
    });

    it('removes nothing that is not deleted: conflict', async () => {
      await using documents = await open();
      const document = await created(documents);
      await assert.rejects(documents.remove(document), { code: 'conflict' });
      assert.deepEqual(await documents.get(document), document);
    });

    it('removes again, and what was never there, without complaint', async () => {
      await using documents = await open();
      const tombstone = await deleted(documents);
      await documents.remove(tombstone);
      await documents.remove(tombstone);
      await documents.remove(aRef());
    });
  });
