import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { dynamoProgressStore } from '../../../../common/adapters/aws/dynamodb/progress-store.ts';
import { dynamoUploadStore } from '../../../../common/adapters/aws/dynamodb/upload-store.ts';
import { temporaryTable } from '../../../support/aws/temporary-tables.ts';
import { aRef } from '../../../support/documents.ts';
import { aPendingUpload } from '../../../support/pending-upload.ts';

const DAY_MS = 24 * 3_600_000;
const PLAN = { batchCount: 2, chunkCount: 100 };

describe('the state table', () => {
  it('forgets progress 30 days after its last change, before the service removes it', async () => {
    await using place = await temporaryTable('state');
    let now = Date.UTC(2026, 0, 1);
    const progress = dynamoProgressStore(place, () => now);
    const ref = aRef();
    await progress.begin(ref, PLAN);
    now += 29 * DAY_MS;
    await progress.mark(ref, 'embed', 0);
    now += 29 * DAY_MS;
    assert.equal((await progress.get(ref))?.embedded, 1);
    now += DAY_MS;
    assert.equal(await progress.get(ref), undefined);
    await assert.rejects(progress.mark(ref, 'embed', 0), { code: 'stale' });
    await assert.rejects(progress.mark(ref, 'embed', 1), { code: 'stale' });
    assert.equal((await progress.begin(ref, { ...PLAN, batchCount: 9 })).batchCount, 9);
  });

  it('counts 2,084 batches in one item, for 200,000 chunks', async () => {
    await using place = await temporaryTable('state');
    const progress = dynamoProgressStore(place);
    const ref = aRef();
    const batchCount = 2_084;
    await progress.begin(ref, { batchCount, chunkCount: 200_000 });
    for (let from = 0; from < batchCount; from += 64) {
      const batches = Array.from({ length: Math.min(64, batchCount - from) }, (_, n) => from + n);
      await Promise.all(batches.map((batch) => progress.mark(ref, 'embed', batch)));
    }
    assert.equal((await progress.get(ref))?.embedded, batchCount);
    assert.equal((await progress.mark(ref, 'embed', 1_000)).embedded, batchCount);
  });

  it('holds the checksums of ten thousand parts', async () => {
    await using place = await temporaryTable('state');
    const uploads = dynamoUploadStore(place);
    const upload = aPendingUpload();
    const checksums = Array.from({ length: 10_000 }, () => randomBytes(32).toString('base64'));
    await uploads.create({ ...upload, transfer: { ...upload.transfer, checksums } });
    assert.deepEqual((await uploads.get(upload)).transfer.checksums, checksums);
  });
});
