import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Document } from '../../common/domain/document.ts';
import { everyPage } from '../../common/runtime/every-page.ts';
import { aRef } from '../support/documents.ts';
import type { Open } from '../support/temporary.ts';
import { documentFiltersContract } from './document-directory.filters.ts';
import { documentListContract } from './document-directory.list.ts';
import { atMinute, created, type DirectoryParts, LATER, pagesOf } from './document-directory.parts.ts';

/** What every DocumentDirectory promises over the records of its DocumentStore; `open` gives empty ones. */
export const documentDirectoryContract = (adapter: string, open: Open<DirectoryParts>) =>
  describe(`DocumentDirectory: ${adapter}`, () => {
    documentListContract(open);
    documentFiltersContract(open);

    it('finds the owner of a document by its id alone', async () => {
      await using home = await open();
      const { userId, documentId } = await created(home.documents, { userId: 'bob' });
      await created(home.documents);
      assert.deepEqual(await home.directory.ownerOf(documentId), { userId, documentId });
    });

    it('throws not_found for the owner of what is not there, or no more', async () => {
      await using home = await open();
      const document = await created(home.documents);
      await home.documents.remove(await home.documents.change(document, { deletedAt: LATER }));
      await assert.rejects(home.directory.ownerOf(document.documentId), { code: 'not_found' });
      await assert.rejects(home.directory.ownerOf(randomUUID()), { code: 'not_found' });
    });

    it('gives the states of many at once, tombstones too, and leaves out what is not there', async () => {
      await using home = await open();
      const served = await created(home.documents, {
        servedGeneration: 1,
        metadata: { tags: ['a'], title: 'Title' },
        access: { isPublic: true, sharedWith: ['bob'] },
      });
      const tombstone = await home.documents.change(await created(home.documents), { deletedAt: LATER });
      const of = ({ documentId, fileName, fileType, uploadDate }: Document) => ({
        userId: 'ada',
        documentId,
        fileName,
        fileType,
        uploadDate,
      });
      const states = await home.directory.states([served, aRef(), tombstone, { ...served, userId: 'bob' }]);
      assert.deepEqual(
        new Map(states.map((state) => [state.documentId, state])),
        new Map([
          [served.documentId, { ...of(served), tags: ['a'], servedGeneration: 1, isPublic: true, sharedWith: ['bob'] }],
          [tombstone.documentId, { ...of(tombstone), tags: [], isPublic: false, sharedWith: [], deletedAt: LATER }],
        ]),
      );
      assert.equal(states.length, 2);
    });

    it('gives the states of none, and of a hundred', async () => {
      await using home = await open();
      assert.deepEqual(await home.directory.states([]), []);
      const keys = [];
      for (let n = 0; n < 100; n += 1) keys.push(aRef(await created(home.documents, { userId: `user ${n % 3}` })));
      assert.equal((await home.directory.states(keys)).length, 100);
    });

    it("lists everybody's documents in a status, oldest first, up to a moment", async () => {
      await using home = await open();
      await created(home.documents, { fileName: 'second', userId: 'bob', uploadDate: atMinute(2) });
      await created(home.documents, { fileName: 'first', uploadDate: atMinute(1) });
      await created(home.documents, { fileName: 'too late', uploadDate: atMinute(3) });
      await created(home.documents, { fileName: 'ready', uploadDate: atMinute(1), status: 'ready' });
      const deleted = await created(home.documents, { uploadDate: atMinute(1) });
      await home.documents.change(deleted, { deletedAt: LATER });
      const { items, ...rest } = await home.directory.inStatus('processing', atMinute(3));
      assert.deepEqual(
        items.map(({ fileName }) => fileName),
        ['first', 'second'],
      );
      assert.deepEqual(rest, {});
    });

    it('gives those in a status a hundred at a time, each once, even where some leave it between', async () => {
      await using home = await open();
      const made = [];
      for (let n = 0; n < 205; n += 1) made.push(await created(home.documents, { uploadDate: atMinute(n >> 3) }));
      const pages = await pagesOf((cursor) => home.directory.inStatus('processing', LATER, cursor));
      assert.deepEqual(
        pages.map(({ length }) => length),
        [100, 100, 5],
      );
      assert.equal(new Set(pages.flat().map(({ documentId }) => documentId)).size, made.length);
      let met = 0;
      for await (const document of everyPage((cursor) => home.directory.inStatus('processing', LATER, cursor))) {
        await home.documents.change(document, { status: 'error' });
        met += 1;
      }
      assert.equal(met, made.length);
    }).timeout(20_000);
  });
