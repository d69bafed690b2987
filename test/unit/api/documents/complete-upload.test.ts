import assert from 'node:assert/strict';
import { NOBODY } from '../../../../api/caller.ts';
import { completeUpload } from '../../../../api/documents/uploads/complete.ts';
import { uploadIdOf } from '../../../../common/domain/upload-id.ts';
import { arrived } from '../../../../common/runtime/arrived.ts';
import { bytes } from '../../../support/bytes.ts';
import { checksumOf } from '../../../support/direct-uploads.ts';
import { aDocument } from '../../../support/documents.ts';
import { aPendingUpload } from '../../../support/pending-upload.ts';
import { temporaryStores } from '../../../support/stores.ts';

const CONTENT = Buffer.from('new');

/** New content for a document that is ready has come in, in one PUT. */
const replaced = async () => {
  const stores = await temporaryStores();
  const document = aDocument({ status: 'ready', servedGeneration: 1, latestGeneration: 2 });
  await stores.documents.create(document);
  const upload = aPendingUpload({ ...document, generation: 2 });
  const given = { ...upload.transfer, size: CONTENT.length, partSize: undefined, checksums: [checksumOf(CONTENT)] };
  const transfer = await stores.uploads.begin(given);
  const pending = { ...upload, transfer };
  await stores.pending.create(pending);
  const [to] = await stores.uploads.requests(transfer, [1]);
  await stores.receiver.receive(to?.url ?? '', bytes(CONTENT));
  return { stores, upload: pending, [Symbol.asyncDispose]: () => stores[Symbol.asyncDispose]() };
};

describe('completing an upload where the storage announces what has come in', () => {
  const settings = { maxFormBytes: 1_000, maxUploadBytes: 1_000, bucket: 'b', storageAnnounces: true };

  it('shows the new content as being processed, and leaves its job to the announcement', async () => {
    await using home = await replaced();
    const { stores, upload } = home;
    const asked = {
      params: { uploadId: uploadIdOf(upload) },
      query: undefined,
      body: undefined,
      address: '',
      cookies: '',
    };
    const caller = { ...NOBODY, userId: upload.userId };
    const { status, s3Key } = await completeUpload(stores, settings).handle({ ...asked, caller });
    assert.deepEqual([status, s3Key], ['processing', upload.transfer.key]);
    assert.equal((await stores.queue.depth('extract')).visible, 0);
    assert.equal(await arrived(upload, stores), true);
    assert.equal((await stores.queue.depth('extract')).visible, 1);
  });
});
