import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMaintenance } from '../../../../workers/maintenance/commands.ts';
import { bytes } from '../../../support/bytes.ts';
import { aDocument } from '../../../support/documents.ts';
import { type TemporaryHome, temporaryHome } from '../../../support/home.ts';
import { atRest } from '../../../support/oracle.ts';
import { aPendingUpload } from '../../../support/pending-upload.ts';
import { prose } from '../../../support/prose.ts';
import { stored, uploaded } from '../../../support/uploads.ts';

const LONG_AGO = '2020-01-01T00:00:00.000Z';

/** A home in which every command finds something to do. */
const neglected = async (): Promise<TemporaryHome> => {
  await using stack = new AsyncDisposableStack();
  const home = stack.use(await temporaryHome({ workers: true }));
  const document = await uploaded(home.ports, prose(100));
  await atRest(home.ports, 'ada');
  await home.ports.index.delete(document);
  await stored(home.ports, 'old', { status: 'ready', chunkCount: 0, uploadDate: LONG_AGO, updatedAt: LONG_AGO });
  const arriving = aDocument({ status: 'uploading', uploadDate: LONG_AGO, updatedAt: LONG_AGO });
  await home.ports.documents.create(arriving);
  await home.ports.pending.create(aPendingUpload({ ...arriving, startedAt: LONG_AGO }));
  await home.ports.blobs.put(aDocument().s3Key, bytes('left by a crash'));
  const owned = stack.move();
  return { ...home, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

/** All that a home keeps, as it can be read through its ports and files. */
const stateOf = async ({ ports, folder }: TemporaryHome): Promise<object> => {
  const keys: string[] = [];
  for (const prefix of ['documents/', 'processed/', 'maintenance/']) keys.push(...(await ports.blobs.list(prefix)));
  const files = await Promise.all(
    ['records.db', 'records.db-wal', 'queue.db', 'search.db'].map((name) =>
      readFile(join(folder, name)).catch(() => ''),
    ),
  );
  return { keys, files: files.map((file) => createHash('sha256').update(file).digest('hex')) };
};

describe('maintenance --dry-run', () => {
  it('says what each command would do, and changes nothing', async () => {
    await using home = await neglected();
    const before = await stateOf(home);
    const run = (command: string) => runMaintenance(command, home, { dryRun: true });
    assert.deepEqual(await run('sweep'), { resent: 0, deletionsResumed: 0, uploadsEnded: 1 });
    assert.deepEqual(await run('reconcile'), { reindexed: 1, damaged: [], orphans: 1 });
    assert.partialDeepStrictEqual(await run('restore-index'), { documents: 1 });
    assert.deepEqual(await run('retention'), { deleted: 2 });
    assert.partialDeepStrictEqual(await run('data-quality'), { users: 0, documents: { uploading: 1, ready: 2 } });
    assert.deepEqual(await stateOf(home), before);
  });
});
