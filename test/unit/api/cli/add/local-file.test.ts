import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFile, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLocalFile } from '../../../../../api/cli/add/local-file.ts';
import { allOf } from '../support/all-of.ts';
import { folderWith } from '../support/folder.ts';

const CONTENT = 'grüße\n'.repeat(100_000);

const opened = (path: string, named = false) => openLocalFile({ path, named });
const bytesOf = async (pieces: AsyncIterable<Uint8Array>) => Buffer.concat(await allOf(pieces));

describe('a local file', () => {
  it('is read in pieces, as often as needed', async () => {
    await using folder = await folderWith({ 'a.md': CONTENT });
    await using file = await opened(join(folder.path, 'a.md'));
    assert.equal(file.size, Buffer.byteLength(CONTENT));
    assert.equal(file.head.length, 8 * 1024);
    assert.equal(String(await bytesOf(file.read())), CONTENT);
    assert.equal(String(await bytesOf(file.read())), CONTENT);
  });

  it('knows its hash', async () => {
    await using folder = await folderWith({ 'a.md': CONTENT });
    await using file = await opened(join(folder.path, 'a.md'));
    assert.equal(await file.sha256(), createHash('sha256').update(CONTENT).digest('hex'));
  });

  it('stays the same one when another takes its name', async () => {
    await using folder = await folderWith({ 'a.md': 'first', 'b.md': 'second' });
    await using file = await opened(join(folder.path, 'a.md'));
    await rename(join(folder.path, 'b.md'), join(folder.path, 'a.md'));
    assert.equal(String(await bytesOf(file.read())), 'first');
  });

  it('knows whether it was written to, and gives no more than it promised', async () => {
    await using folder = await folderWith({ 'a.log': 'first' });
    await using file = await opened(join(folder.path, 'a.log'));
    assert.equal(await file.hasChanged(), false);
    await appendFile(join(folder.path, 'a.log'), ' second');
    assert.equal(await file.hasChanged(), true);
    assert.equal(String(await bytesOf(file.read())), 'first');
  });

  it('says so when it became shorter', async () => {
    await using folder = await folderWith({ 'a.log': CONTENT });
    await using file = await opened(join(folder.path, 'a.log'));
    await truncate(join(folder.path, 'a.log'), 10);
    await assert.rejects(bytesOf(file.read()), { code: 'unreadable', message: /shorter/ });
  });

  it('is no folder', async () => {
    await using folder = await folderWith({ 'docs/a.md': '' });
    await assert.rejects(opened(join(folder.path, 'docs')), { code: 'unreadable', message: 'not a plain file' });
  });

  it('is not reached by a link that was put in its place, unless that was named', async () => {
    await using folder = await folderWith();
    await writeFile(join(folder.path, 'a.md'), 'x');
    await symlink(join(folder.path, 'a.md'), join(folder.path, 'link'));
    await assert.rejects(opened(join(folder.path, 'link')), { code: 'ELOOP' });
    await using file = await opened(join(folder.path, 'link'), true);
    assert.equal(file.size, 1);
  });
});
