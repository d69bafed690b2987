import assert from 'node:assert/strict';
import type { DocumentStore } from '../../common/ports/document-store.ts';
import { aRef } from '../support/documents.ts';
import type { Open } from '../support/temporary.ts';
import { created, deleted, LONG_AGO } from './document-store.records.ts';

export const documentChangeContract = (open: Open<DocumentStore>) =>
  describe('change', () => {
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
  });
