import assert from 'node:assert/strict';
import type { Document } from '../../../../common/domain/document.ts';
import type { PendingUpload } from '../../../../common/ports/upload-store.ts';
import { type ArrivedNeeds, arrived } from '../../../../common/runtime/arrived.ts';
import { endUpload } from '../../../../common/runtime/end-upload.ts';
import { bytes } from '../../../support/bytes.ts';
import { checksumOf } from '../../../support/direct-uploads.ts';
import { aDocument } from '../../../support/documents.ts';
import { aPendingUpload } from '../../../support/pending-upload.ts';
import { temporaryStores } from '../../../support/stores.ts';

const CONTENT = Buffer.from('What was sent past the API.');
const killed = { message: 'the process was killed' };

/** An upload in one PUT that has begun. */
const begun = async (ports: ArrivedNeeds, changes: Partial<Document> = {}): Promise<PendingUpload> => {
  const document = aDocument({ status: 'uploading', ...changes });
  const size = { size: CONTENT.length, partSize: undefined, checksums: [checksumOf(CONTENT)] };
  const upload = aPendingUpload({ ...document, generation: document.latestGeneration });
  const transfer = await ports.uploads.begin({ ...upload.transfer, ...size });
  await ports.documents.create(document);
  await ports.pending.create({ ...upload, transfer });
  return { ...upload, transfer };
};

type Stores = Awaited<ReturnType<typeof temporaryStores>>;

const send = async ({ uploads, receiver }: Stores, { transfer }: PendingUpload): Promise<void> => {
  const [request] = await uploads.requests(transfer, [1]);
  await receiver.receive(request?.url ?? '', bytes(CONTENT));
};

/** The ports, of which one method throws after it has done its work. */
const crashingAfter = <Port extends keyof ArrivedNeeds>(
  ports: ArrivedNeeds,
  port: Port,
  method: keyof ArrivedNeeds[Port],
): ArrivedNeeds => {
  const real = ports[port][method] as (...args: unknown[]) => Promise<unknown>;
  const crash = async (...args: unknown[]): Promise<never> => {
    await real(...args);
    throw new Error(killed.message);
  };
  return { ...ports, [port]: { ...ports[port], [method]: crash } };
};

const jobs = async ({ queue }: ArrivedNeeds): Promise<number> => (await queue.depth('extract')).visible;

describe('an original that has arrived', () => {
  it('sends its new document on its way, once', async () => {
    await using stores = await temporaryStores();
    const upload = await begun(stores);
    await send(stores, upload);
    assert.equal(await arrived(upload, stores), true);
    assert.equal(await arrived(upload, stores), false);
    assert.equal((await stores.documents.get(upload)).status, 'processing');
    assert.equal(await jobs(stores), 1);
  });

  it('is none before all of it is there', async () => {
    await using stores = await temporaryStores();
    const upload = await begun(stores);
    assert.equal(await arrived(upload, stores), false);
    assert.equal((await stores.documents.get(upload)).status, 'uploading');
    assert.deepEqual(await stores.pending.get(upload), JSON.parse(JSON.stringify(upload)));
  });

  it('is none while its parts are not put together', async () => {
    await using stores = await temporaryStores();
    const upload = await begun(stores);
    const uploads = { ...stores.uploads, arrived: async () => [1] };
    assert.equal(await arrived(upload, { ...stores, uploads }), false);
  });

  it('takes the place of the old content, of which nothing but what is served stays', async () => {
    await using stores = await temporaryStores();
    const old = { status: 'ready', servedGeneration: 1, latestGeneration: 2, contentSha256: 'old' } as const;
    const upload = await begun(stores, { ...old, fileName: 'old.md' });
    await send(stores, upload);
    assert.equal(await arrived(upload, stores), true);
    assert.partialDeepStrictEqual(await stores.documents.get(upload), {
      generation: 2,
      servedGeneration: 1,
      status: 'processing',
      fileName: 'manual.txt',
      fileSize: CONTENT.length,
      s3Key: upload.transfer.key,
    });
    assert.equal((await stores.documents.get(upload)).contentSha256, undefined);
  });

  it('is removed where a newer content came first, or the document is deleted', async () => {
    await using stores = await temporaryStores();
    for (const change of [{ generation: 3 }, { deletedAt: new Date().toISOString() }]) {
      const upload = await begun(stores, { status: 'ready', latestGeneration: 2 });
      await send(stores, upload);
      await stores.documents.change({ ...upload, generation: 1 }, change);
      assert.equal(await arrived(upload, stores), true);
      await assert.rejects(stores.blobs.get(upload.transfer.key), { code: 'not_found' });
      await assert.rejects(stores.pending.get(upload), { code: 'not_found' });
    }
    assert.equal(await jobs(stores), 0);
  });

  for (const [port, method] of [
    ['documents', 'change'],
    ['queue', 'send'],
    ['pending', 'remove'],
  ] as const) {
    it(`goes on when asked again after a crash behind ${port}.${method}`, async () => {
      await using stores = await temporaryStores();
      const upload = await begun(stores);
      await send(stores, upload);
      await assert.rejects(arrived(upload, crashingAfter(stores, port, method as never)), killed);
      await arrived(upload, stores);
      assert.equal((await stores.documents.get(upload)).status, 'processing');
      assert.ok((await jobs(stores)) > 0);
      await assert.rejects(stores.pending.get(upload), { code: 'not_found' });
    });
  }

  it('is not given up any more', async () => {
    await using stores = await temporaryStores();
    const upload = await begun(stores);
    await send(stores, upload);
    await assert.rejects(arrived(upload, crashingAfter(stores, 'documents', 'change' as never)), killed);
    assert.equal(await endUpload(upload, stores), false);
    assert.deepEqual(await stores.uploads.arrived(upload.transfer), [1]);
  });
});

describe('an upload that is given up', () => {
  for (const [port, method] of [
    ['documents', 'change'],
    ['documents', 'remove'],
    ['uploads', 'abort'],
  ] as const) {
    it(`leaves nothing when asked again after a crash behind ${port}.${method}`, async () => {
      await using stores = await temporaryStores();
      const upload = await begun(stores);
      await send(stores, upload);
      await assert.rejects(endUpload(upload, crashingAfter(stores, port, method as never)), killed);
      assert.equal(await endUpload(upload, stores), true);
      await assert.rejects(stores.documents.get(upload), { code: 'not_found' });
      await assert.rejects(stores.pending.get(upload), { code: 'not_found' });
      await assert.rejects(stores.blobs.get(upload.transfer.key), { code: 'not_found' });
    });
  }
});
