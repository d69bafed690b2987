import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Document, DocumentStatus } from '../../common/domain/document.ts';
import type { DocumentDirectory, ListQuery, Page } from '../../common/ports/document-directory.ts';
import type { DocumentStore } from '../../common/ports/document-store.ts';
import { everyPage } from '../../common/runtime/every-page.ts';
import { aDocument, aRef } from '../support/documents.ts';
import type { Open } from '../support/temporary.ts';

export interface DirectoryParts {
  readonly documents: DocumentStore;
  readonly directory: DocumentDirectory;
}

const LATER = '2027-01-01T00:00:00.000Z';
const atMinute = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

const created = async (documents: DocumentStore, changes: Partial<Document> = {}): Promise<Document> => {
  const document = aDocument(changes);
  await documents.create(document);
  return document;
};

const pagesOf = async <Item>(page: (cursor?: string) => Promise<Page<Item>>): Promise<Item[][]> => {
  const pages: Item[][] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor }: Page<Item> = await page(cursor);
    pages.push(items);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return pages;
};

const namesOf = async (directory: DocumentDirectory, query: Partial<ListQuery> = {}): Promise<string[]> => {
  const names: string[] = [];
  const page = (cursor?: string) => directory.list({ userId: 'ada', limit: 3, ...query, cursor });
  for await (const { fileName } of everyPage(page)) names.push(fileName);
  return names;
};

const STATUSES: readonly DocumentStatus[] = ['ready', 'error'];
const FILE_TYPES = ['text/plain', 'text/html', 'application/pdf'];
const TAGS = [[], ['a'], ['b'], ['a', 'b'], ['ab']];

/** Every combination of two states, three types, four names and five sets of tags, three uploaded at a time. */
const various = (): Document[] =>
  Array.from({ length: 120 }, (_, n) =>
    aDocument({
      status: STATUSES[n % 2] ?? 'ready',
      fileType: FILE_TYPES[Math.floor(n / 2) % 3] ?? '',
      fileName: `file ${Math.floor(n / 6) % 4}`,
      metadata: { tags: TAGS[Math.floor(n / 24)] ?? [] },
      uploadDate: atMinute((n * 7) % 40),
    }),
  );

const matches = (document: Document, { status, fileType, fileName, tag }: Partial<ListQuery>): boolean =>
  (status === undefined || document.status === status) &&
  (fileType === undefined || document.fileType === fileType) &&
  (fileName === undefined || document.fileName === fileName) &&
  (tag === undefined || document.metadata.tags.includes(tag));

/** Each set of filters there can be: with and without each of the four. */
const filterSets = (): Partial<ListQuery>[] =>
  [undefined, 'ready' as const].flatMap((status) =>
    [undefined, 'text/html'].flatMap((fileType) =>
      [undefined, 'file 1'].flatMap((fileName) => [undefined, 'a'].map((tag) => ({ status, fileType, fileName, tag }))),
    ),
  );

/** What every DocumentDirectory promises over the records of its DocumentStore; `open` gives empty ones. */
export const documentDirectoryContract = (adapter: string, open: Open<DirectoryParts>) => {
  describe(`DocumentDirectory.list: ${adapter}`, () => {
    it('lists the newest upload first, whatever was written last', async () => {
      await using home = await open();
      const middle = await created(home.documents, { fileName: 'middle', uploadDate: atMinute(2) });
      await created(home.documents, { fileName: 'newest', uploadDate: atMinute(3) });
      await created(home.documents, { fileName: 'oldest', uploadDate: atMinute(1) });
      await home.documents.change(middle, { status: 'ready' });
      assert.deepEqual(await namesOf(home.directory), ['newest', 'middle', 'oldest']);
    });

    it('gives whole records', async () => {
      await using home = await open();
      const document = await created(home.documents, { metadata: { tags: ['a', 'b'], title: 'Title' } });
      const { items, ...rest } = await home.directory.list({ userId: 'ada', limit: 1 });
      assert.deepEqual(items, [document]);
      assert.deepEqual(rest, {});
    });

    it('answers who has nothing with an empty last page', async () => {
      await using home = await open();
      await created(home.documents, { userId: 'bob' });
      assert.deepEqual(await home.directory.list({ userId: 'ada', limit: 10 }), { items: [] });
      assert.deepEqual(await home.directory.list({ userId: 'ada', limit: 10, tag: 'a' }), { items: [] });
    });

    it('fills every page but the last, and says where the last one is', async () => {
      await using home = await open();
      for (let n = 0; n < 6; n += 1) await created(home.documents, { uploadDate: atMinute(n) });
      const sizes = async (limit: number) => {
        const pages = await pagesOf((cursor) => home.directory.list({ userId: 'ada', limit, cursor }));
        return pages.map(({ length }) => length);
      };
      assert.deepEqual(await sizes(1), [1, 1, 1, 1, 1, 1]);
      assert.deepEqual(await sizes(4), [4, 2]);
      assert.deepEqual(await sizes(6), [6]);
      assert.deepEqual(await sizes(100), [6]);
    });

    it('shows each of many that were uploaded at the same moment once', async () => {
      await using home = await open();
      const made = [];
      for (let n = 0; n < 25; n += 1) made.push(await created(home.documents, { uploadDate: atMinute(1) }));
      const pages = await pagesOf((cursor) => home.directory.list({ userId: 'ada', limit: 4, cursor }));
      const idsOf = (documents: Document[]) => documents.map(({ documentId }) => documentId).toSorted();
      assert.deepEqual(idsOf(pages.flat()), idsOf(made));
    });

    it('filters by status, file type, file name and tag, in every combination, to the last page', async () => {
      await using home = await open();
      const all = various();
      for (const document of all) await home.documents.create(document);
      await created(home.documents, { userId: 'bob', fileName: 'file 1', fileType: 'text/html', status: 'ready' });
      for (const filters of filterSets()) {
        const expected = all.filter((document) => matches(document, filters));
        const pages = await pagesOf((cursor) => home.directory.list({ userId: 'ada', limit: 4, ...filters, cursor }));
        const found = pages.flat();
        const what = JSON.stringify(filters);
        assert.equal(new Set(found.map(({ documentId }) => documentId)).size, found.length, what);
        assert.equal(found.length, expected.length, what);
        assert.ok(expected.length > 0 && found.every((document) => matches(document, filters)), what);
        const dates = found.map(({ uploadDate }) => uploadDate);
        assert.deepEqual(dates, dates.toSorted().toReversed(), what);
        assert.ok(
          pages.slice(0, -1).every(({ length }) => length === 4),
          what,
        );
      }
    }).timeout(20_000);

    it('tells whole values apart, not beginnings, and every letter', async () => {
      await using home = await open();
      await created(home.documents, { fileName: 'a%', metadata: { tags: ['alpha'] } });
      await created(home.documents, { fileName: 'abc', metadata: { tags: ['al', 'Alpha'] } });
      assert.deepEqual(await namesOf(home.directory, { tag: 'alpha' }), ['a%']);
      assert.deepEqual(await namesOf(home.directory, { tag: 'a' }), []);
      assert.deepEqual(await namesOf(home.directory, { fileName: 'a%' }), ['a%']);
      assert.deepEqual(await namesOf(home.directory, { fileName: 'ABC' }), []);
    });

    it('follows a change of what it filters by', async () => {
      await using home = await open();
      const document = await created(home.documents, { fileName: 'one', metadata: { tags: ['a', 'b'] } });
      await home.documents.change(document, { status: 'ready', fileName: 'two', metadata: { tags: ['b', 'c', 'c'] } });
      assert.deepEqual(await namesOf(home.directory, { tag: 'a' }), []);
      assert.deepEqual(await namesOf(home.directory, { tag: 'b' }), ['two']);
      assert.deepEqual(await namesOf(home.directory, { tag: 'c' }), ['two']);
      assert.deepEqual(await namesOf(home.directory, { status: 'processing' }), []);
      assert.deepEqual(await namesOf(home.directory, { status: 'ready', fileName: 'two', tag: 'c' }), ['two']);
      await home.documents.change(document, { metadata: { title: 'Title' } });
      assert.deepEqual(await namesOf(home.directory, { tag: 'c' }), ['two']);
    });

    it('moves a document to the top when its content is replaced, by tag too', async () => {
      await using home = await open();
      const metadata = { tags: ['a'] };
      const old = await created(home.documents, { fileName: 'old', uploadDate: atMinute(1), metadata });
      await created(home.documents, { fileName: 'new', uploadDate: atMinute(2), metadata });
      await home.documents.change(old, { generation: 2, uploadDate: atMinute(3) });
      assert.deepEqual(await namesOf(home.directory), ['old', 'new']);
      assert.deepEqual(await namesOf(home.directory, { tag: 'a' }), ['old', 'new']);
    });

    it('leaves out what is deleted, from the moment of its tombstone on', async () => {
      await using home = await open();
      const metadata = { tags: ['a'] };
      const document = await created(home.documents, { fileName: 'gone', status: 'ready', metadata });
      await created(home.documents, { fileName: 'kept', status: 'ready', metadata });
      const filters = [{}, { status: 'ready' as const }, { fileType: 'text/plain' }, { tag: 'a' }];
      const tombstone = await home.documents.change(document, { deletedAt: LATER });
      for (const filter of filters) assert.deepEqual(await namesOf(home.directory, filter), ['kept']);
      assert.deepEqual(await namesOf(home.directory, { fileName: 'gone' }), []);
      await home.documents.remove(tombstone);
      for (const filter of filters) assert.deepEqual(await namesOf(home.directory, filter), ['kept']);
    });

    it('goes on where it was, whatever came or went between two pages', async () => {
      for (const filter of [{}, { tag: 'a' }]) {
        await using home = await open();
        const metadata = { tags: ['a'] };
        for (let n = 0; n < 6; n += 1) {
          await created(home.documents, { fileName: `${n}`, uploadDate: atMinute(n), metadata });
        }
        const { items, nextCursor: cursor } = await home.directory.list({ userId: 'ada', limit: 3, ...filter });
        const last = items.at(-1);
        assert.ok(last?.fileName === '3');
        await created(home.documents, { fileName: 'newer', uploadDate: LATER, metadata });
        await home.documents.change(last, { deletedAt: LATER }); // the one that the cursor is of
        const next = await home.directory.list({ userId: 'ada', limit: 3, ...filter, cursor });
        assert.deepEqual(
          next.items.map(({ fileName }) => fileName),
          ['2', '1', '0'],
        );
      }
    });

    it('throws invalid for a cursor that it did not make', async () => {
      await using home = await open();
      for (let n = 0; n < 3; n += 1) await created(home.documents);
      const { nextCursor } = await home.directory.list({ userId: 'ada', limit: 1 });
      assert.ok(nextCursor !== undefined);
      const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const made = [
        '',
        'x',
        '😀',
        "' or 1=1 --",
        nextCursor.slice(3),
        `${nextCursor}${nextCursor}`,
        'x'.repeat(10_000),
      ];
      const shaped = [null, {}, [], [1, 2], ['a'], ['a', 'b', 'c'], { 0: 'a', 1: 'b' }, ['x'.repeat(300), 'y']];
      for (const cursor of [...made, ...shaped.map(encoded)]) {
        await assert.rejects(home.directory.list({ userId: 'ada', limit: 1, cursor }), { code: 'invalid' }, cursor);
      }
    });

    it("shows nobody else's documents, whosever cursor is given", async () => {
      await using home = await open();
      for (let n = 0; n < 3; n += 1) await created(home.documents, { userId: 'bob', uploadDate: atMinute(n) });
      const { nextCursor } = await home.directory.list({ userId: 'bob', limit: 1 });
      assert.deepEqual(await home.directory.list({ userId: 'ada', limit: 10, cursor: nextCursor }), { items: [] });
    });
  });

  describe(`DocumentDirectory: ${adapter}`, () => {
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
};
