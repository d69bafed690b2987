import assert from 'node:assert/strict';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import { broken, bytes, bytesOf, textOf } from '../support/bytes.ts';
import type { Open } from '../support/temporary.ts';

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
const BAD_FOLDERS = ['', '/', 'a', '../', 'a/../', 'a//', '/a/'];

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

    it('refuses a folder that does not end in a slash: its siblings begin like it', async () => {
      await using blobs = await open();
      await blobs.put('a/1/x', bytes('x'));
      for (const folder of [...BAD_FOLDERS, 'a/1']) {
        await assert.rejects(blobs.list(folder), { code: 'invalid' }, `list ${folder}`);
        await assert.rejects(blobs.deleteAll(folder), { code: 'invalid' }, `deleteAll ${folder}`);
      }
      assert.deepEqual(await blobs.list('a/'), ['a/1/x']);
    });

    it('lists keys in byte order, folders among them, from after the given one', async () => {
      await using blobs = await open();
      const ordered = ['a/10', 'a/2', 'a/Z', 'a/b-c', 'a/b/c', 'a/b0', 'a/é', 'a/￼', 'a/😀'];
      for (const key of ordered.toReversed()) await blobs.put(key, bytes('x'));
      await blobs.put('a-b', bytes('x'));
      await blobs.put('ab/c', bytes('x'));
      assert.deepEqual(await blobs.list('a/'), ordered);
      for (const [index, key] of ordered.entries()) {
        assert.deepEqual(await blobs.list('a/', key), ordered.slice(index + 1), `after ${key}`);
      }
      assert.deepEqual(await blobs.list('a/', 'a/b'), ordered.slice(3), 'after a key that is not there');
      assert.deepEqual(await blobs.list('a/', 'a/b/'), ordered.slice(4), 'after a folder');
      assert.deepEqual(await blobs.list('a/', 'a/b/\u{10ffff}'), ordered.slice(5), 'after all of a folder');
      assert.deepEqual(await blobs.list('a/', 'b'), []);
      assert.deepEqual(await blobs.list('c/'), []);
    });

    it('lists 1,000 keys at a time, each once', async () => {
      await using blobs = await open();
      const keys = Array.from({ length: 1_234 }, (_, n) => `a/${n % 7}/${String(n).padStart(4, '0')}`);
      for (let n = 0; n < keys.length; n += 50) {
        await Promise.all(keys.slice(n, n + 50).map((key) => blobs.put(key, bytes('x'))));
      }
      const first = await blobs.list('a/');
      assert.equal(first.length, 1_000);
      assert.deepEqual([...first, ...(await blobs.list('a/', first.at(-1)))], keys.toSorted());
    }).timeout(30_000);

    it('deletes all under a folder, counts it, and leaves its siblings', async () => {
      await using blobs = await open();
      for (const key of ['a/1/x', 'a/1/y/z', 'a/10/x', 'a/1x', 'b']) await blobs.put(key, bytes('x'));
      assert.equal(await blobs.deleteAll('a/1/'), 2);
      assert.deepEqual(await blobs.list('a/'), ['a/10/x', 'a/1x']);
      assert.equal(await blobs.deleteAll('a/1/'), 0);
      assert.equal(await blobs.deleteAll('a/'), 2);
      assert.equal(await read(blobs, 'b'), 'x');
    });

    it('leaves no folder behind that could stand in the way of a key', async () => {
      await using blobs = await open();
      await blobs.put('a/b/c/d', bytes('x'));
      await blobs.deleteAll('a/b/c/');
      await blobs.put('a', bytes('y'));
      assert.equal(await read(blobs, 'a'), 'y');
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

    it('takes puts while their folder is being deleted: each object is there whole, or not at all', async () => {
      await using blobs = await open();
      for (let round = 0; round < 30; round += 1) {
        const keys = Array.from({ length: 8 }, (_, n) => `a/b/c/${n}`);
        await Promise.all([
          ...keys.map((key) => blobs.put(key, bytes('content ', key))),
          blobs.deleteAll('a/b/c/'),
          blobs.deleteAll('a/'),
          blobs.deleteAll('a/b/'),
        ]);
        for (const key of await blobs.list('a/')) assert.equal(await read(blobs, key), `content ${key}`);
        await blobs.put('a/b/c/after', bytes('all'));
        assert.equal(await read(blobs, 'a/b/c/after'), 'all');
      }
    }).timeout(20_000);
  });
