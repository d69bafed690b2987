import assert from 'node:assert/strict';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import { broken, bytes, bytesOf, textOf } from '../support/bytes.ts';
import type { Open } from '../support/temporary.ts';
import { blobFoldersContract } from './blob-store.folders.ts';

const BAD_KEYS = [
  '',
  '/',
  '/a',
  'a/',
  'a//b',
  '.',
  '..',
  '../a',
  'a/../b',
  'a/./b',
  'a/..',
  'a\\b',
  'a:b',
  'a\0b',
  'a\nb',
  'a\u007fb',
  'half a pair \ud800',
  'x'.repeat(256),
  'long/'.repeat(205), // 1,025 bytes
];

const read = async (blobs: BlobStore, key: string): Promise<string> => textOf((await blobs.get(key)).body);

/** What every BlobStore promises; `open` gives an empty one. */
export const blobStoreContract = (adapter: string, open: Open<BlobStore>) =>
  describe(`BlobStore: ${adapter}`, () => {
    it('gives back the bytes that were put, and counts them', async () => {
      await using blobs = await open();
      assert.equal(await blobs.put('a/b.txt', bytes('grü', 'ße')), 7);
      const { size, body } = await blobs.get('a/b.txt');
      assert.equal(size, 7);
      assert.equal(await textOf(body), 'grüße');
    });

    it('keeps an object of no bytes', async () => {
      await using blobs = await open();
      assert.equal(await blobs.put('a/empty', bytes()), 0);
      const { size, body } = await blobs.get('a/empty');
      assert.equal(size, 0);
      assert.equal(await textOf(body), '');
    });

    it('keeps an object of many parts, whatever their sizes', async () => {
      await using blobs = await open();
      const parts = [0, 1, 65_536, 3, 1_000_000].map((size, index) => Buffer.alloc(size, index + 1));
      assert.equal(await blobs.put('a/big', bytes(...parts)), 1_065_540);
      assert.ok(Buffer.concat(parts).equals(await bytesOf((await blobs.get('a/big')).body)));
    });

    it('replaces what was there', async () => {
      await using blobs = await open();
      await blobs.put('a/b', bytes('the old and longer one'));
      await blobs.put('a/b', bytes('the new one'));
      assert.equal(await read(blobs, 'a/b'), 'the new one');
      assert.deepEqual(await blobs.list('a/'), ['a/b']);
    });

    it('keeps the old object when a put breaks half way, and throws what the body threw', async () => {
      await using blobs = await open();
      await blobs.put('a/b', bytes('old'));
      await assert.rejects(blobs.put('a/b', broken('ne')), { message: 'the connection was lost' });
      assert.equal(await read(blobs, 'a/b'), 'old');
    });

    it('leaves nothing when a first put breaks half way', async () => {
      await using blobs = await open();
      await assert.rejects(blobs.put('a/b', broken('ne')));
      await assert.rejects(blobs.get('a/b'), { code: 'not_found' });
      assert.deepEqual(await blobs.list('a/'), []);
    });

    it('gives a part by its range, beside the size of the whole', async () => {
      await using blobs = await open();
      await blobs.put('a/b', bytes('01234', '56789'));
      const part = async (start: number, end: number) => {
        const { size, body } = await blobs.get('a/b', { start, end });
        return [size, await textOf(body)];
      };
      assert.deepEqual(await part(0, 10), [10, '0123456789']);
      assert.deepEqual(await part(0, 1), [10, '0']);
      assert.deepEqual(await part(3, 7), [10, '3456']);
      assert.deepEqual(await part(9, 10), [10, '9']);
      assert.deepEqual(await part(8, 99), [10, '89']);
    });

    it('throws not_found at once for what is not there, and for a folder', async () => {
      await using blobs = await open();
      await blobs.put('a/b/c', bytes('x'));
      for (const key of ['d', 'a', 'a/b', 'a/b/d', 'a/b/c/d']) {
        await assert.rejects(blobs.get(key), { code: 'not_found' }, key);
      }
    });

    it('goes on giving an object that is replaced or deleted meanwhile', async () => {
      await using blobs = await open();
      const content = Buffer.alloc(1_000_000, 'old');
      await blobs.put('a/b', bytes(content));
      const replaced = await blobs.get('a/b');
      await blobs.put('a/b', bytes(content));
      const deleted = await blobs.get('a/b');
      await blobs.deleteAll('a/');
      assert.ok(content.equals(await bytesOf(replaced.body)));
      assert.ok(content.equals(await bytesOf(deleted.body)));
    });

    it('takes keys of any script, and of up to 1,024 bytes', async () => {
      await using blobs = await open();
      const longest = `${'x/'.repeat(510)}${'ü'.repeat(2)}`;
      assert.equal(Buffer.byteLength(longest), 1_024);
      const keys = ['a/Straße 1.txt', 'a/日本語/ファイル', 'a/👩‍👩‍👧', "a/ %2F&#+=('~", 'a/.x', longest];
      for (const key of keys) await blobs.put(key, bytes(key));
      for (const key of keys) assert.equal(await read(blobs, key), key);
      const listed = [...(await blobs.list('a/')), ...(await blobs.list('x/'))];
      assert.deepEqual(listed.toSorted(), keys.toSorted());
    });

    it('refuses a bad key, and touches nothing', async () => {
      await using blobs = await open();
      for (const key of BAD_KEYS) {
        await assert.rejects(blobs.put(key, bytes('x')), { code: 'invalid' }, `put ${JSON.stringify(key)}`);
        await assert.rejects(blobs.get(key), { code: 'invalid' }, `get ${JSON.stringify(key)}`);
      }
      assert.deepEqual(await blobs.list('a/'), []);
    });

    it('ends many puts of one key at the same time with one of them, whole', async () => {
      await using blobs = await open();
      const contents = Array.from({ length: 40 }, (_, n) => String.fromCharCode(65 + n).repeat(20_000 + n));
      const reads: Promise<string>[] = [];
      await blobs.put('a/b', bytes(contents[0] ?? ''));
      await Promise.all(
        contents.map(async (content) => {
          await blobs.put('a/b', bytes(content.slice(0, 7), content.slice(7)));
          reads.push(read(blobs, 'a/b'));
        }),
      );
      for (const content of await Promise.all(reads)) assert.ok(contents.includes(content));
      assert.ok(contents.includes(await read(blobs, 'a/b')));
      assert.deepEqual(await blobs.list('a/'), ['a/b']);
    });

    blobFoldersContract(open);
  });
