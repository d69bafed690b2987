import assert from 'node:assert/strict';
import type { Document } from '../../common/domain/document.ts';
import type { Open } from '../support/temporary.ts';
import { atMinute, created, type DirectoryParts, LATER, namesOf, pagesOf } from './document-directory.parts.ts';

export const documentListContract = (open: Open<DirectoryParts>) =>
  describe('list', () => {
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

    it('moves a document to the top when its content is replaced, by tag too', async () => {
      await using home = await open();
      const metadata = { tags: ['a'] };
      const old = await created(home.documents, { fileName: 'old', uploadDate: atMinute(1), metadata });
      await created(home.documents, { fileName: 'new', uploadDate: atMinute(2), metadata });
      await home.documents.change(old, { generation: 2, uploadDate: atMinute(3) });
      assert.deepEqual(await namesOf(home.directory), ['old', 'new']);
      assert.deepEqual(await namesOf(home.directory, { tag: 'a' }), ['old', 'new']);
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
