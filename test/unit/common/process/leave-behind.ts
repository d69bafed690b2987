import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileBlobStore } from '../../../../common/adapters/embedded/file-blob-store.ts';
import { openTemporaryFolder } from '../../../../common/adapters/process/temporary-folder.ts';

/** Puts a blob that never ends, and tells the folder of its unfinished file. */
const [root = ''] = process.argv.slice(2);
const aside = await openTemporaryFolder(join(root, 'tmp'));

async function* endless() {
  for (let part = 0; ; part += 1) {
    yield Buffer.alloc(1_000);
    if (part === 100) process.send?.(aside);
    await setImmediate();
  }
}

process.once('disconnect', () => process.exit());
await fileBlobStore(join(root, 'blobs'), aside).put('a/b', endless());
