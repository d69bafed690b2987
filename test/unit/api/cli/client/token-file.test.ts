import assert from 'node:assert/strict';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTokens } from '../../../../../api/cli/client/token-file.ts';
import type { Tokens } from '../../../../../api/cli/client/tokens.ts';
import { folderWith } from '../support/folder.ts';

const SERVER = 'http://127.0.0.1:3000';
const tokens = (accessToken: string): Tokens => ({
  email: 'ada@example.org',
  accessToken,
  expiresAt: 1,
  refreshToken: 'r',
});

const onlyFile = async (folder: string): Promise<string> => {
  const names = await readdir(join(folder, 'logins'));
  assert.equal(names.length, 1);
  return join(folder, 'logins', names[0] ?? '');
};

describe('a login in a file', () => {
  it('is kept for each server by itself', async () => {
    await using folder = await folderWith();
    await fileTokens(folder.path, SERVER).write(tokens('one'));
    await fileTokens(folder.path, 'https://other/path').write(tokens('two'));
    assert.deepEqual(await fileTokens(folder.path, SERVER).read(), tokens('one'));
    assert.deepEqual(await fileTokens(folder.path, 'https://other/path').read(), tokens('two'));
  });

  it('can be read by its owner alone', async () => {
    await using folder = await folderWith();
    await fileTokens(folder.path, SERVER).write(tokens('one'));
    await fileTokens(folder.path, SERVER).write(tokens('two'));
    const expected = process.platform === 'win32' ? 0o666 : 0o600;
    assert.equal((await stat(await onlyFile(folder.path))).mode & 0o777, expected);
  });

  it('is nobody before, after logging out, and where the file is damaged', async () => {
    await using folder = await folderWith();
    const store = fileTokens(folder.path, SERVER);
    assert.equal(await store.read(), undefined);
    await store.write(tokens('one'));
    await writeFile(await onlyFile(folder.path), '{"accessToken":');
    assert.equal(await store.read(), undefined);
    await store.clear();
    await store.clear();
    assert.deepEqual(await readdir(join(folder.path, 'logins')), []);
  });

  it('is renewed by one command at a time', async () => {
    await using folder = await folderWith();
    const stores = [fileTokens(folder.path, SERVER), fileTokens(folder.path, SERVER)];
    const order: string[] = [];
    const works = [0, 1, 2, 3].map((n) =>
      stores[n % 2]?.exclusively(async () => {
        order.push('in');
        await readFile(import.meta.filename);
        order.push('out');
      }),
    );
    await Promise.all(works);
    assert.deepEqual(order, ['in', 'out', 'in', 'out', 'in', 'out', 'in', 'out']);
  });

  it('is free again after work that failed', async () => {
    await using folder = await folderWith();
    const store = fileTokens(folder.path, SERVER);
    const failing = store.exclusively(async () => {
      throw new Error('no');
    });
    await assert.rejects(failing, /no/);
    assert.equal(await store.exclusively(async () => 'yes'), 'yes');
  });

  it('is not locked for good by a command that died', async () => {
    await using folder = await folderWith();
    const store = fileTokens(folder.path, SERVER);
    await store.write(tokens('one'));
    const lock = `${await onlyFile(folder.path)}.lock`;
    await writeFile(lock, '');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    assert.equal(await store.exclusively(async () => 'mine'), 'mine');
  });
});
