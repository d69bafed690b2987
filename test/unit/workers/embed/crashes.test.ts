import assert from 'node:assert/strict';
import type { DocumentChunk } from '../../../../common/domain/chunk.ts';
import { AppError } from '../../../../common/domain/errors.ts';
import { batchKey } from '../../../../common/domain/keys.ts';
import type { Embedder } from '../../../../common/ports/embedder.ts';
import type { Ports } from '../../../../common/ports/ports.ts';
import { chunkIdOf } from '../../../../common/runtime/chunk-id.ts';
import { json } from '../../../../common/runtime/json.ts';
import { readVectors } from '../../../../workers/batch.ts';
import { embedStage } from '../../../../workers/embed/stage.ts';
import { aDocument } from '../../../support/documents.ts';
import { temporaryStores } from '../../../support/stores.ts';

const COUNT = 40;
const contentOf = (n: number): string => `Chunk ${n}.`;

/** Counts the texts; `embed` says what becomes of them. */
const embedderThat = (embed: Embedder['embed']) => {
  const asked: string[] = [];
  const embedder: Embedder = {
    model: 'a model',
    dimension: 2,
    embed(texts, options) {
      asked.push(...texts);
      return embed(texts, options);
    },
    embedQuery: () => assert.fail('a query'),
  };
  return { asked, embedder };
};

const answers: Embedder['embed'] = async (texts) => texts.map(() => '[1,0]');

/** Stores with one batch to embed. */
const openWith = async () => {
  const stores = await temporaryStores();
  const document = aDocument();
  const { userId, documentId, generation } = document;
  const chunks = Array.from(
    { length: COUNT },
    (_, n): DocumentChunk => ({
      chunkId: chunkIdOf(document, n),
      userId,
      documentId,
      chunkIndex: n,
      content: contentOf(n),
      startPosition: n * 20,
      endPosition: n * 20 + 10,
      metadata: { wordCount: 2, charCount: 10 },
      createdAt: document.uploadDate,
    }),
  );
  await stores.documents.create(document);
  await stores.blobs.put(batchKey(document, 0), json(chunks));
  await stores.progress.begin(document, { batchCount: 1, chunkCount: COUNT });
  return { ...stores, job: { userId, documentId, generation, batch: 0 } };
};

/** Another process's. */
const aStage = (keepAfterMs = 0) => embedStage({ onVectors: () => undefined, keepAfterMs });
const { signal } = new AbortController();

describe('what was paid for a batch', () => {
  it('is found by the next worker, when the one that embedded it was killed before it said so', async () => {
    await using stores = await openWith();
    const first = embedderThat(answers);
    const progress = { ...stores.progress, mark: () => Promise.reject(new Error('killed')) };
    await assert.rejects(aStage().run(stores.job, { ...stores, ...first, progress }, signal), /killed/);
    const second = embedderThat(answers);
    const messages = await aStage().run(stores.job, { ...stores, ...second }, signal);
    assert.deepEqual([first.asked.length, second.asked.length, messages.length], [COUNT, 0, 1]);
  });

  it('has its pointers also where the worker was killed before it put them', async () => {
    await using stores = await openWith();
    const { embedder } = embedderThat(answers);
    const killed = { ...stores.pointers, put: () => Promise.reject(new Error('killed')) };
    await assert.rejects(aStage().run(stores.job, { ...stores, embedder, pointers: killed }, signal), /killed/);
    await aStage().run(stores.job, { ...stores, embedder }, signal);
    const { textHashes } = await readVectors(stores.blobs, { ref: stores.job, batch: 0 });
    assert.equal((await stores.pointers.find('ada', textHashes)).length, COUNT);
  });

  it('is found as far as it had come, when a worker was killed over a batch that took long', async () => {
    await using stores = await openWith();
    let kept = () => {};
    const isKept = new Promise<void>((resolve) => {
      kept = resolve;
    });
    const blobs: Ports['blobs'] = {
      ...stores.blobs,
      put: (key, body) => stores.blobs.put(key, body).finally(kept),
    };
    const killed = new AbortController();
    const first = embedderThat(async (texts, options) => {
      const isLate = texts.some((text) => text.endsWith(contentOf(COUNT - 1)));
      return isLate
        ? new Promise((_, reject) => killed.signal.addEventListener('abort', reject))
        : answers(texts, options);
    });
    const dying = assert.rejects(aStage().run(stores.job, { ...stores, ...first, blobs }, killed.signal));
    await isKept;
    killed.abort();
    await dying;
    const second = embedderThat(answers);
    await aStage().run(stores.job, { ...stores, ...second }, signal);
    assert.ok(second.asked.length <= COUNT - 8, `${second.asked.length} texts`);
    const { vectors } = await readVectors(stores.blobs, { ref: stores.job, batch: 0 });
    assert.deepEqual(vectors, new Array(COUNT).fill('[1,0]'));
  });

  it('is kept over the attempts of one lease, whatever it was that failed', async () => {
    await using stores = await openWith();
    const { asked, embedder } = embedderThat(answers);
    const stage = aStage();
    let away = true;
    const put: Ports['blobs']['put'] = async (key, body) => {
      if (away) throw new AppError('unavailable', 'The storage does not answer.');
      return stores.blobs.put(key, body);
    };
    const ports = { ...stores, embedder, blobs: { ...stores.blobs, put } };
    await assert.rejects(stage.run(stores.job, ports, signal), { code: 'unavailable' });
    away = false;
    await stage.run(stores.job, ports, signal);
    assert.equal(asked.length, COUNT);
  });

  it('leaves no pointer where the document was deleted meanwhile', async () => {
    await using stores = await openWith();
    const { asked, embedder } = embedderThat(answers);
    const put: Ports['blobs']['put'] = async (key, body) => {
      const size = await stores.blobs.put(key, body);
      await stores.documents.change(stores.job, { deletedAt: new Date().toISOString() });
      await stores.blobs.deleteAll('processed/'); // as the erasure does
      return size;
    };
    const ports = { ...stores, embedder, blobs: { ...stores.blobs, put } };
    const hashes: string[] = [];
    const pointers: Ports['pointers'] = {
      ...stores.pointers,
      put: (userId, put) => {
        hashes.push(...put.map(({ textHash }) => textHash));
        return stores.pointers.put(userId, put);
      },
    };
    await assert.rejects(aStage(60_000).run(stores.job, { ...ports, pointers }, signal), { code: 'stale' });
    assert.deepEqual([asked.length, hashes.length], [COUNT, COUNT]);
    assert.deepEqual(await stores.pointers.find('ada', hashes), []);
  });
});
