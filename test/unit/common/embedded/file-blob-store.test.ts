import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileBlobStore } from '../../../../common/adapters/embedded/file-blob-store.ts';
import { fileErrorOf } from '../../../../common/adapters/embedded/file-errors.ts';
import { AppError } from '../../../../common/domain/errors.ts';
import { broken, bytes } from '../../../support/bytes.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const openBlobs = async () => {
  const { path, [Symbol.asyncDispose]: remove } = await temporaryFolder();
  const [root, aside] = [join(path, 'blobs'), join(path, 'tmp')];
  return { path, root, aside, blobs: fileBlobStore(`${root}/`, aside), [Symbol.asyncDispose]: remove };
};

describe('fileBlobStore', () => {
  it('keeps each blob as a file under its key', async () => {
    await using home = await openBlobs();
    await home.blobs.put('documents/ada/1/original.txt', bytes('x'));
    assert.ok(existsSync(join(home.root, 'documents', 'ada', '1', 'original.txt')));
  });

  it('leaves no unfinished file aside, whether a put ends well or breaks', async () => {
    await using home = await openBlobs();
    await home.blobs.put('a/b', bytes('x'));
    await assert.rejects(home.blobs.put('a/c', broken('x')));
    assert.deepEqual(readdirSync(home.aside), []);
  });

  it('shows nobody a blob before it is whole', async () => {
    await using home = await openBlobs();
    async function* watching() {
      yield Buffer.from('first half, ');
      assert.deepEqual(await home.blobs.list('a/'), []);
      await assert.rejects(home.blobs.get('a/b'), { code: 'not_found' });
      yield Buffer.from('second half');
    }
    await home.blobs.put('a/b', watching());
    assert.deepEqual(await home.blobs.list('a/'), ['a/b']);
  });

  it('removes the folders that a deletion leaves empty, and the root never', async () => {
    await using home = await openBlobs();
    await home.blobs.put('a/b/c/d', bytes('x'));
    await home.blobs.put('a/e', bytes('x'));
    await home.blobs.deleteAll('a/b/c/');
    assert.deepEqual(readdirSync(join(home.root, 'a')), ['e']);
    await home.blobs.deleteAll('a/');
    assert.deepEqual(readdirSync(home.root), []);
    await home.blobs.deleteAll('a/');
    assert.ok(existsSync(home.root));
  });

  it('removes empty folders that a crash has left', async () => {
    await using home = await openBlobs();
    mkdirSync(join(home.root, 'a', 'b', 'c'), { recursive: true });
    assert.equal(await home.blobs.deleteAll('a/'), 0);
    assert.deepEqual(readdirSync(home.root), []);
  });

  it('reaches nothing outside its root', async () => {
    await using home = await openBlobs();
    writeFileSync(join(home.path, 'secret'), 'x');
    for (const key of ['../secret', 'a/../../secret', '/secret', `${home.path}/secret`]) {
      await assert.rejects(home.blobs.get(key), { code: 'invalid' }, key);
      await assert.rejects(home.blobs.put(key, bytes('y')), { code: 'invalid' }, key);
      await assert.rejects(home.blobs.deleteAll(`${key}/`), { code: 'invalid' }, key);
    }
  });

  it('answers as an empty store before there is a folder', async () => {
    await using home = await openBlobs();
    assert.deepEqual(await home.blobs.list('a/'), []);
    assert.equal(await home.blobs.deleteAll('a/'), 0);
    await assert.rejects(home.blobs.get('a/b'), { code: 'not_found' });
  });

  it('leaves nothing aside of a put that finds a blob where its folder should be', async () => {
    await using home = await openBlobs();
    await home.blobs.put('a', bytes('x'));
    await assert.rejects(home.blobs.put('a/b', bytes('y')));
    assert.deepEqual(readdirSync(home.aside), []);
  });
});

describe('fileErrorOf', () => {
  it('tells a full disk', async () => {
    if (!existsSync('/dev/full')) return; // only Linux has a disk that is always full
    const error = await writeFile('/dev/full', 'x').catch((cause: unknown) => cause);
    assert.ok(error instanceof Error);
    const ours = fileErrorOf(error);
    assert.ok(ours instanceof AppError && ours.code === 'storage_full' && ours.cause === error);
  });

  it('tells what cannot be read or written', () => {
    for (const code of ['EACCES', 'EROFS', 'EIO', 'EMFILE']) {
      const ours = fileErrorOf(Object.assign(new Error(code), { code }));
      assert.ok(ours instanceof AppError && ours.code === 'unavailable');
      assert.match(ours.message, new RegExp(code));
    }
  });

  it('leaves all else as it is', () => {
    for (const error of [new Error('x'), Object.assign(new Error('x'), { code: 'ENOENT' }), 'x', undefined]) {
      assert.equal(fileErrorOf(error), error);
    }
  });
});
