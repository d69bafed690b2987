import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileBlobStore } from '../../../../common/adapters/embedded/file-blob-store.ts';
import { openTemporaryFolder } from '../../../../common/adapters/process/temporary-folder.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { startProcess } from '../embedded/processes/process.ts';

const script = new URL('./leave-behind.ts', import.meta.url);

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

  it('removes what an earlier process of the same pid has left', async () => {
    await using root = await temporaryFolder();
    const earlier = join(root.path, `${process.pid}@${hostname()}~earlier`);
    mkdirSync(earlier);
    writeFileSync(join(earlier, 'left'), 'x');
    await openTemporaryFolder(root.path);
    assert.equal(existsSync(earlier), false);
  });

  it("leaves another machine's files for a day", async () => {
    await using root = await temporaryFolder();
    const theirs = join(root.path, '4194305@elsewhere.example~1');
    mkdirSync(theirs);
    for (const name of ['in use', 'left']) writeFileSync(join(theirs, name), 'x');
    const longAgo = new Date(Date.now() - 2 * 86_400_000);
    utimesSync(join(theirs, 'left'), longAgo, longAgo);
    await openTemporaryFolder(root.path);
    assert.deepEqual(readdirSync(theirs), ['in use']);
  });
});
