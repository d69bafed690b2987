import assert from 'node:assert/strict';
import type { Document, DocumentStatus } from '../../common/domain/document.ts';
import type { ListQuery } from '../../common/ports/document-directory.ts';
import { aDocument } from '../support/documents.ts';
import type { Open } from '../support/temporary.ts';
import { atMinute, created, type DirectoryParts, LATER, namesOf, pagesOf } from './document-directory.parts.ts';

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

export const documentFiltersContract = (open: Open<DirectoryParts>) =>
  describe('list, filtered', () => {
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
  });
