import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Receipt } from '../../../../common/ports/receipt-store.ts';
import { sweep } from '../../../../workers/maintenance/sweep.ts';
import { aDocument } from '../../../support/documents.ts';
import { temporaryHome } from '../../../support/home.ts';
import { aPendingUpload } from '../../../support/pending-upload.ts';
import { stored } from '../../../support/uploads.ts';

const LONG_AGO = '2026-01-01T00:00:00.000Z';

const receiptOf = ({ userId, documentId }: { userId: string; documentId: string }): Receipt => ({
  receiptId: randomUUID(),
  userId,
  documentId,
  fileName: 'manual.txt',
  requestedAt: LONG_AGO,
  status: 'pending',
  removed: { chunks: 0, blobs: 0, records: 0 },
});

describe('sweep', () => {
  it('sends the job again of a document that a crash has left without one', async () => {
    await using home = await temporaryHome();
    await stored(home.ports, 'text', { uploadDate: LONG_AGO, updatedAt: LONG_AGO });
    assert.equal((await sweep(home.ports, { graceMs: 60_000 })).resent, 1);
    assert.equal((await home.ports.queue.depth('extract')).visible, 1);
  });

  it('leaves a document alone while a queue holds a message as old as it', async () => {
    await using home = await temporaryHome();
    await stored(home.ports, 'text', { uploadDate: LONG_AGO, updatedAt: LONG_AGO });
    const oldestSeconds = (Date.now() - Date.parse(LONG_AGO)) / 1_000;
    const depth = async () => ({ visible: 1, inFlight: 0, delayed: 0, oldestSeconds });
    const ports = { ...home.ports, queue: { ...home.ports.queue, depth } };
    assert.equal((await sweep(ports, { graceMs: 60_000 })).resent, 0);
  });

  it('leaves a document alone that was written within the grace', async () => {
    await using home = await temporaryHome();
    await stored(home.ports, 'text', { uploadDate: LONG_AGO });
    assert.equal((await sweep(home.ports, { graceMs: 60_000 })).resent, 0);
  });

  it('leaves a document alone whose batches have moved on within the grace', async () => {
    await using home = await temporaryHome();
    const document = await stored(home.ports, 'text', { uploadDate: LONG_AGO, updatedAt: LONG_AGO });
    await home.ports.progress.begin(document, { batchCount: 2, chunkCount: 100 });
    assert.equal((await sweep(home.ports, { graceMs: 60_000 })).resent, 0);
  });

  it('carries a deletion through that a crash cut off before its tombstone', async () => {
    await using home = await temporaryHome();
    const document = await stored(home.ports, 'text');
    await home.ports.receipts.put(receiptOf(document));
    assert.equal((await sweep(home.ports, { graceMs: 60_000 })).deletionsResumed, 1);
    assert.equal((await home.ports.documents.get(document)).deletedAt, LONG_AGO);
    assert.equal((await home.ports.queue.depth('index')).visible, 1);
  });

  it('gives up an upload that did not arrive within a day, and its document', async () => {
    await using home = await temporaryHome();
    const document = aDocument({ status: 'uploading' });
    await home.ports.documents.create(document);
    await home.ports.pending.create(aPendingUpload({ ...document, startedAt: LONG_AGO }));
    assert.equal((await sweep(home.ports, { graceMs: 60_000 })).uploadsEnded, 1);
    await assert.rejects(home.ports.documents.get(document), { code: 'not_found' });
    await assert.rejects(home.ports.pending.get(document), { code: 'not_found' });
  });

  it('leaves an upload alone that was begun within a day', async () => {
    await using home = await temporaryHome();
    const document = aDocument({ status: 'uploading' });
    await home.ports.documents.create(document);
    await home.ports.pending.create(aPendingUpload(document));
    assert.equal((await sweep(home.ports, { graceMs: 60_000 })).uploadsEnded, 0);
    assert.equal((await home.ports.documents.get(document)).status, 'uploading');
  });

  it('ends a record whose upload nobody knows, and says what to do', async () => {
    await using home = await temporaryHome();
    const document = await stored(home.ports, 'text', { status: 'uploading', uploadDate: LONG_AGO });
    assert.equal((await sweep(home.ports, { graceMs: 60_000 })).uploadsEnded, 1);
    const { status, processingStatus } = await home.ports.documents.get(document);
    assert.equal(status, 'error');
    assert.match(processingStatus.errorMessage ?? '', /Upload the file again/);
  });
});
