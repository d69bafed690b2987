import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Found, walk } from '../../../../../api/cli/add/walk.ts';
import { allOf } from '../support/all-of.ts';
import { folderWith } from '../support/folder.ts';

const found = (path: string, name = 'root'): Promise<Found[]> => allOf(walk([{ path, name }]));

/** Names of the files, in order. */
const filesIn = async (path: string): Promise<string[]> =>
  (await found(path)).flatMap((entry) => (entry.kind === 'file' ? [entry.name] : [])).sort();

const obstaclesIn = async (path: string) =>
  (await found(path)).flatMap((entry) => ('reason' in entry ? [`${entry.kind} ${entry.name}: ${entry.reason}`] : []));

describe('a walk', () => {
  it('finds files in all folders, named from the first one on', async () => {
    await using folder = await folderWith({ 'a.md': '', 'sub/b.md': '', 'sub/deeper/ç d.md': '' });
    assert.deepEqual(await filesIn(folder.path), ['root/a.md', 'root/sub/b.md', 'root/sub/deeper/ç d.md']);
  });

  it('finds a file that was named itself', async () => {
    await using folder = await folderWith({ 'a.log': 'x', '.gitignore': '*.log' });
    const path = join(folder.path, 'a.log');
    assert.deepEqual(await found(path, 'a.log'), [{ kind: 'file', path, name: 'a.log', named: true }]);
  });

  it('leaves out folders of packages, caches and version control', async () => {
    await using folder = await folderWith({
      'a.md': '',
      '.git/config': '',
      'node_modules/x/readme.md': '',
      'sub/__pycache__/y.py': '',
    });
    assert.deepEqual(await filesIn(folder.path), ['root/a.md']);
    assert.equal((await found(folder.path)).filter(({ kind }) => kind === 'ignored').length, 3);
  });

  it('leaves out what .gitignore files leave out, at every level', async () => {
    await using folder = await folderWith({
      '.gitignore': '*.log\n/build/\n!keep.log\n',
      'a.log': '',
      'keep.log': '',
      'build/out.md': '',
      'sub/build/in.md': '',
      'sub/.gitignore': 'secret*\n!a.log\n',
      'sub/secret.md': '',
      'sub/a.log': '',
      'sub/b.log': '',
    });
    const files = ['root/.gitignore', 'root/keep.log', 'root/sub/.gitignore', 'root/sub/a.log', 'root/sub/build/in.md'];
    assert.deepEqual(await filesIn(folder.path), files);
  });

  it('knows the rules above the named folder, up to the repository that it is in', async () => {
    await using folder = await folderWith({
      '.gitignore': '*.md',
      'repo/.git/HEAD': '',
      'repo/.gitignore': '*.log\ndocs/private/',
      'repo/docs/a.md': '',
      'repo/docs/a.log': '',
      'repo/docs/private/b.md': '',
    });
    assert.deepEqual(await filesIn(join(folder.path, 'repo', 'docs')), ['root/a.md']);
  });

  it('knows no rules above it outside of a repository', async () => {
    await using folder = await folderWith({ '.gitignore': '*.md', 'docs/a.md': '' });
    assert.deepEqual(await filesIn(join(folder.path, 'docs')), ['root/a.md']);
  });

  it('takes an ignored folder that was asked for', async () => {
    await using folder = await folderWith({ '.git/HEAD': '', '.gitignore': 'dist/', 'dist/a.md': '' });
    assert.deepEqual(await filesIn(join(folder.path, 'dist')), ['root/a.md']);
  });

  it('does not follow links, so that none leads out or round in a circle', async () => {
    await using folder = await folderWith({ 'docs/a.md': '', 'outside.md': '' });
    const docs = join(folder.path, 'docs');
    await symlink(docs, join(docs, 'loop'));
    await symlink(join(folder.path, 'outside.md'), join(docs, 'out.md'));
    assert.deepEqual(await filesIn(docs), ['root/a.md']);
    assert.deepEqual((await obstaclesIn(docs)).sort(), [
      'skipped root/loop: a link: links are not followed',
      'skipped root/out.md: a link: links are not followed',
    ]);
  });

  it('follows a link that was named itself', async () => {
    await using folder = await folderWith({ 'docs/a.md': '' });
    const link = join(folder.path, 'link');
    await symlink(join(folder.path, 'docs'), link);
    assert.deepEqual(await filesIn(link), ['root/a.md']);
  });

  it('passes over what is no file, without waiting for it', async () => {
    await using folder = await folderWith({ 'a.md': '' });
    const server = createServer().listen(join(folder.path, 's'));
    await once(server, 'listening');
    assert.deepEqual(await obstaclesIn(folder.path), ['skipped root/s: not a plain file']);
    assert.deepEqual(await obstaclesIn(join(folder.path, 's')), ['failed root: not a plain file']);
    server.close();
    await once(server, 'close');
  });

  it('tells what is not there, and goes on with the rest', async () => {
    await using folder = await folderWith({ 'a.md': '' });
    const roots = ['gone.md', 'a.md'].map((name) => ({ name, path: join(folder.path, name) }));
    const entries = await allOf(walk(roots));
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['failed', 'file'],
    );
    assert.deepEqual(entries[0], { kind: 'failed', name: 'gone.md', reason: 'there is no such file (any more)' });
  });

  it('tells which names are not UTF-8', async () => {
    if (process.platform !== 'linux') return; // other systems allow no such name
    await using folder = await folderWith();
    await writeFile(Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0x62, 0xff, 0x2e, 0x6d, 0x64])]), 'x');
    assert.deepEqual(await obstaclesIn(folder.path), [
      'failed root/b\ufffd.md: its name is not valid UTF-8: rename it',
    ]);
  });

  it('gives up a hundred folders down', async () => {
    await using folder = await folderWith();
    const deep = join(folder.path, ...Array<string>(102).fill('d'));
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'a.md'), '');
    const [obstacle, ...others] = await obstaclesIn(folder.path);
    assert.match(obstacle ?? '', /^failed root\/(d\/){101}: more than 100 folders deep$/);
    assert.deepEqual(others, []);
  });
});
