import assert from 'node:assert/strict';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import { bytes, textOf } from '../support/bytes.ts';
import type { Open } from '../support/temporary.ts';

const BAD_FOLDERS = ['', '/', 'a', '../', 'a/../', 'a//', '/a/'];

const read = async (blobs: BlobStore, key: string): Promise<string> => textOf((await blobs.get(key)).body);

export const blobFoldersContract = (open: Open<BlobStore>) =>
  describe('folders', () => {
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
