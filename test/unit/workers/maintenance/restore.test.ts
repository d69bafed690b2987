import assert from 'node:assert/strict';
import type { IndexedChunk } from '../../../../common/domain/chunk.ts';
import { chunkKey, embeddingsKey } from '../../../../common/domain/keys.ts';
import type { Embedder } from '../../../../common/ports/embedder.ts';
import type { IndexRebuild } from '../../../../common/ports/index-rebuild.ts';
import { reconcile } from '../../../../workers/maintenance/reconcile.ts';
import { restoreIndex } from '../../../../workers/maintenance/restore-index.ts';
import { bytes } from '../../../support/bytes.ts';
import { aDocument, aRef } from '../../../support/documents.ts';
import { type TemporaryHome, temporaryHome } from '../../../support/home.ts';
import { assertWhole, atRest } from '../../../support/oracle.ts';
import { prose } from '../../../support/prose.ts';
import { uploaded } from '../../../support/uploads.ts';

const NOW = { graceMs: 0 };
const AT_ONCE = { settleMs: 0 };

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

/** A rebuild that does something before each put. */
const around = (rebuild: IndexRebuild, before: (chunks: readonly IndexedChunk[]) => Promise<void>): IndexRebuild => ({
  async begin() {
    const next = await rebuild.begin();
    const put = async (chunks: readonly IndexedChunk[]) => {
      await before(chunks);
      await next.put(chunks);
    };
    return { ...next, put };
  },
});

const searchedIn = ({ ports }: TemporaryHome, text: string) =>
  ports.index.search({ text, visibleTo: { userId: 'ada', sharedDocumentIds: [] }, filters: {}, limit: 10 });

describe('restoreIndex', () => {
  it('rebuilds what is served from the stored vectors, without one embedding call', async () => {
    await using home = await readyHome();
    const { ports, document } = home;
    const before = await searchedIn(home, 'shaft');
    await ports.index.delete(document);
    const restored = await restoreIndex({ ...ports, embedder: unpaid(ports.embedder) }, AT_ONCE);
    const wanted = { documents: 1, chunks: document.chunkCount ?? 0, ofAnotherModel: 0, damaged: [], resumed: false };
    assert.partialDeepStrictEqual(restored, wanted);
    assert.deepEqual((await searchedIn(home, 'shaft')).keyword, before.keyword);
    await assertWhole(ports, 'ada');
  });

  it('restores what is served of a document while, or after, its next content is processed in vain', async () => {
    await using home = await readyHome();
    const { ports, document } = home;
    const generation = await ports.documents.nextGeneration(document);
    await ports.documents.change(document, { generation, status: 'error' });
    await ports.index.delete(document);
    assert.partialDeepStrictEqual(await restoreIndex(ports, AT_ONCE), { documents: 1 });
    assert.notEqual((await searchedIn(home, 'shaft')).keyword.length, 0);
  });

  it('leaves out what another model has embedded, and counts it', async () => {
    await using home = await readyHome();
    const embedder = { ...unpaid(home.ports.embedder), model: 'another' };
    const restored = await restoreIndex({ ...home.ports, embedder }, AT_ONCE);
    assert.partialDeepStrictEqual(restored, { documents: 0, chunks: 0, ofAnotherModel: 1 });
  });

  it('names a document that lacks a file, and goes on with the others', async () => {
    await using home = await readyHome();
    const { blobs } = home.ports;
    await blobs.deleteAll(chunkKey(home.document, 0).replace(/[^/]+$/, ''));
    const { damaged, documents } = await restoreIndex(home.ports, AT_ONCE);
    assert.deepEqual({ damaged, documents }, { damaged: [home.document.documentId], documents: 0 });
  });

  it('goes on after a crash with what it has not done yet', async () => {
    await using home = await readyHome();
    const { ports, document } = home;
    const later = await uploaded(ports, prose(100));
    await atRest(ports, 'ada');
    await ports.documents.change(later, { status: 'error' }); // it comes on a page of its own
    const written: string[] = [];
    const rebuild = around(ports.rebuild, async (chunks) => {
      if (chunks[0]?.documentId === later.documentId) throw new Error('killed');
    });
    await assert.rejects(restoreIndex({ ...ports, rebuild }, AT_ONCE), /killed/);
    const watched = around(ports.rebuild, async (chunks) => void written.push(chunks[0]?.documentId ?? ''));
    const restored = await restoreIndex({ ...ports, rebuild: watched }, AT_ONCE);
    assert.partialDeepStrictEqual(restored, { documents: 2, resumed: true });
    assert.ok(!written.includes(document.documentId));
    assert.deepEqual(await ports.blobs.list('maintenance/restore-index/'), []);
  });

  it('begins anew where the index was made anew meanwhile', async () => {
    await using home = await readyHome();
    const { ports } = home;
    const broken = around(ports.rebuild, () => Promise.reject(new Error('killed')));
    await assert.rejects(restoreIndex({ ...ports, rebuild: broken }, AT_ONCE), /killed/);
    const begin = async () => ({ ...(await ports.rebuild.begin()), name: 'another' });
    assert.partialDeepStrictEqual(await restoreIndex({ ...ports, rebuild: { begin } }, AT_ONCE), { resumed: false });
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
