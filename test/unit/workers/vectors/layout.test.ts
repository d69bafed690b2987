import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { DocumentRef } from '../../../../common/domain/document.ts';
import { embeddingsKey } from '../../../../common/domain/keys.ts';
import { bytesOf } from '../../../../common/runtime/json.ts';
import { writeVectors } from '../../../../workers/batch.ts';
import { embeddingsOf } from '../../../../workers/index/embeddings.ts';
import { openStoredVectors } from '../../../../workers/vectors/stored.ts';
import { aRef } from '../../../support/documents.ts';
import { temporaryStores } from '../../../support/stores.ts';

const { signal } = new AbortController();
const hashOf = (n: number): string => createHash('sha256').update(String(n)).digest('base64url');
const vectorOf = (n: number, dimension: number): Float32Array => Float32Array.from({ length: dimension }, () => n / 8);

/** A store with the embeddings.json of a document whose batches have so many chunks. */
const openWith = async (batches: readonly number[], dimension = 5) => {
  const stores = await temporaryStores();
  const { blobs } = stores;
  const ref: DocumentRef = aRef();
  let chunk = 0;
  for (const [batch, size] of batches.entries()) {
    const chunks = Array.from({ length: size }, () => chunk++);
    const vectors = chunks.map((n) => (n % 2 === 0 ? vectorOf(n, dimension) : `[${vectorOf(n, dimension).join(',')}]`));
    await writeVectors(blobs, { ref, batch, model: 'a model', dimension, textHashes: chunks.map(hashOf), vectors });
  }
  const plan = { batchCount: batches.length, chunkCount: chunk };
  await blobs.put(embeddingsKey(ref), embeddingsOf({ blobs, ref, plan, signal }));
  return { ...stores, ref };
};

describe('embeddings.json', () => {
  it('is JSON: vectors in base64, and the hashes of their texts, in order', async () => {
    await using stores = await openWith([3, 2], 3);
    const { blobs, ref } = stores;
    const json = JSON.parse((await bytesOf((await blobs.get(embeddingsKey(ref))).body)).toString());
    assert.deepEqual(Object.keys(json).slice(0, 3), ['documentId', 'generation', 'encoding']);
    assert.deepEqual([json.model, json.dimension, json.chunkCount], ['a model', 3, 5]);
    assert.deepEqual(json.textHashes, [0, 1, 2, 3, 4].map(hashOf));
    const last = Buffer.from(json.vectors[4], 'base64');
    assert.deepEqual(
      [0, 4, 8].map((at) => last.readFloatLE(at)),
      [0.5, 0.5, 0.5],
    );
  });

  it('gives any of its vectors and hashes by their bytes alone, whatever the dimension', async () => {
    for (const dimension of [1, 2, 3, 384]) {
      await using stores = await openWith([4, 4, 1], dimension);
      const stored = await openStoredVectors(stores.blobs, stores.ref);
      assert.deepEqual(
        await stored?.vectors(0, 9),
        Array.from({ length: 9 }, (_, n) => vectorOf(n, dimension)),
      );
      for (const [first, end] of [
        [0, 1],
        [3, 6],
        [8, 9],
      ] as const) {
        const chunks = Array.from({ length: end - first }, (_, n) => first + n);
        assert.deepEqual(
          await stored?.vectors(first, end),
          chunks.map((n) => vectorOf(n, dimension)),
        );
        assert.deepEqual(await stored?.textHashes(first, end), chunks.map(hashOf));
      }
    }
  });

  it('has nothing to give for a document without text', async () => {
    await using stores = await openWith([]);
    assert.equal(await openStoredVectors(stores.blobs, stores.ref), undefined);
  });

  it('is not_found where it is not', async () => {
    await using stores = await temporaryStores();
    await assert.rejects(openStoredVectors(stores.blobs, aRef()), { code: 'not_found' });
  });
});
