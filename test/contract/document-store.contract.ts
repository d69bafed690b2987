import assert from 'node:assert/strict';
import type { DocumentStore } from '../../common/ports/document-store.ts';
import { aDocument, aRef } from '../support/documents.ts';
import type { Open } from '../support/temporary.ts';
import { documentChangeContract } from './document-store.change.ts';
import { created, deleted, LONG_AGO } from './document-store.records.ts';

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

    documentChangeContract(open);
  });
