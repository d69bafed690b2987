import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileBlobStore } from '../../../../common/adapters/embedded/file-blob-store.ts';
import { openTemporaryFolder } from '../../../../common/adapters/embedded/temporary-folder.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { startProcess } from './processes/process.ts';

const script = new URL('./processes/leave-behind.ts', import.meta.url);

describe('openTemporaryFolder', () => {
  it('makes a folder of its own, the same one each time, and leaves what is in use', async () => {
    await using root = await temporaryFolder();
    const own = await openTemporaryFolder(join(root.path, 'tmp'));
    writeFileSync(join(own, 'in use'), 'x');
    assert.equal(await openTemporaryFolder(join(root.path, 'tmp')), own);
    assert.deepEqual(readdirSync(own), ['in use']);
  });

  it('leaves the folder of a process that lives, and removes it once that was killed', async () => {
    await using root = await temporaryFolder();
    await using other = startProcess(script, root.path);
    const theirs = String(await other.heard());
    const own = await openTemporaryFolder(join(root.path, 'tmp'));
    assert.equal(readdirSync(theirs).length, 1);
    await other.kill();
    assert.equal(readdirSync(theirs).length, 1);
    await openTemporaryFolder(join(root.path, 'tmp'));
    assert.equal(existsSync(theirs), false);
    assert.equal(existsSync(own), true);
  });

  it('has no blob of a process that was killed while it put one', async () => {
    await using root = await temporaryFolder();
    await using other = startProcess(script, root.path);
    await other.heard();
    await other.kill();
    const blobs = fileBlobStore(join(root.path, 'blobs'), await openTemporaryFolder(join(root.path, 'tmp')));
    await assert.rejects(blobs.get('a/b'), { code: 'not_found' });
    assert.deepEqual(await blobs.list('a/'), []);
  });

  it('removes what an earlier process of the same name has left', async () => {
    await using root = await temporaryFolder();
    const own = await openTemporaryFolder(root.path);
    writeFileSync(join(own, 'left'), 'x');
    mkdirSync(join(own, 'left too'));
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const name of ['left', 'left too']) utimesSync(join(own, name), yesterday, yesterday);
    writeFileSync(join(own, 'in use'), 'x');
    await openTemporaryFolder(root.path);
    assert.deepEqual(readdirSync(own), ['in use']);
  });

  it("leaves another machine's folders", async () => {
    await using root = await temporaryFolder();
    mkdirSync(join(root.path, '4194305@elsewhere.example'));
    await openTemporaryFolder(root.path);
    assert.equal(readdirSync(root.path).length, 2);
  });
});
