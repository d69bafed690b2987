import assert from 'node:assert/strict';
import { embeddingsKey } from '../../../../common/domain/keys.ts';
import type { Embedder } from '../../../../common/ports/embedder.ts';
import { reconcile } from '../../../../workers/maintenance/reconcile.ts';
import { restoreIndex } from '../../../../workers/maintenance/restore-index.ts';
import { bytes } from '../../../support/bytes.ts';
import { aDocument, aRef } from '../../../support/documents.ts';
import { type TemporaryHome, temporaryHome } from '../../../support/home.ts';
import { assertWhole, atRest } from '../../../support/oracle.ts';
import { prose } from '../../../support/prose.ts';
import { uploaded } from '../../../support/uploads.ts';

const NOW = { graceMs: 0 };

/** Embeds nothing: whoever asks fails the test. */
const unpaid = ({ model, dimension }: Embedder): Embedder => {
  const refuse = () => assert.fail('an embedding call');
  return { model, dimension, embed: refuse, embedQuery: refuse };
};

/** A home with one document that is ready. */
const readyHome = async () => {
  const home = await temporaryHome({ workers: true });
  const { userId, documentId } = await uploaded(home.ports, prose(100));
  await atRest(home.ports, userId);
  return Object.assign(home, { document: await home.ports.documents.get({ userId, documentId }) });
};

const searchedIn = ({ ports }: TemporaryHome, text: string) =>
  ports.index.search({ text, visibleTo: { userId: 'ada', sharedDocumentIds: [] }, filters: {}, limit: 10 });

describe('restoreIndex', () => {
  it('rebuilds what is served from the stored vectors, without one embedding call', async () => {
    await using home = await readyHome();
    const { ports, document } = home;
    const before = await searchedIn(home, 'shaft');
    await ports.index.delete(document);
    const restored = await restoreIndex({ ...ports, embedder: unpaid(ports.embedder) });
    assert.deepEqual(restored, { documents: 1, chunks: document.chunkCount, ofAnotherModel: 0 });
    assert.deepEqual((await searchedIn(home, 'shaft')).keyword, before.keyword);
    await assertWhole(ports, 'ada');
  });

  it('leaves out what another model has embedded, and counts it', async () => {
    await using home = await readyHome();
    const embedder = { ...unpaid(home.ports.embedder), model: 'another' };
    assert.deepEqual(await restoreIndex({ ...home.ports, embedder }), { documents: 0, chunks: 0, ofAnotherModel: 1 });
  });
});

describe('reconcile', () => {
  it('finds nothing to do where all is well', async () => {
    await using home = await readyHome();
    assert.deepEqual(await reconcile(home.ports, NOW), { reindexed: 0, damaged: [], orphans: 0 });
  });

  it('puts chunks back that the index has lost', async () => {
    await using home = await readyHome();
    await home.ports.index.delete(home.document);
    assert.equal((await reconcile(home.ports, NOW)).reindexed, 1);
    await assertWhole(home.ports, 'ada');
  });

  it('names a document whose vectors are gone', async () => {
    await using home = await readyHome();
    await home.ports.index.delete(home.document);
    await home.ports.blobs.deleteAll(embeddingsKey(home.document).replace(/[^/]+$/, ''));
    assert.deepEqual((await reconcile(home.ports, NOW)).damaged, [home.document.documentId]);
  });

  it('removes files that no record knows, and leaves those of a generation that is arriving', async () => {
    await using home = await readyHome();
    const { blobs } = home.ports;
    const orphan = aDocument(aRef());
    const arriving = { ...home.document, generation: 2 };
    await blobs.put(orphan.s3Key, bytes('left by a crash'));
    await blobs.put(aDocument(arriving).s3Key, bytes('on its way'));
    await blobs.put(`documents/ada/${home.document.documentId}/2/original.txt`, bytes('on its way'));
    assert.equal((await reconcile(home.ports, NOW)).orphans, 1);
    assert.deepEqual(await blobs.list(`documents/ada/${orphan.documentId}/`), []);
    assert.equal((await blobs.list(`documents/ada/${home.document.documentId}/2/`)).length, 1);
  });
});
