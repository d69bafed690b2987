import type { DocumentRef } from '../../common/domain/document.ts';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import type { Plan } from '../../common/ports/progress-store.ts';
import { readVectors, toBase64 } from '../batch.ts';

interface Source {
  readonly blobs: BlobStore;
  readonly ref: DocumentRef;
  readonly plan: Plan;
  readonly signal: AbortSignal;
}

/**
 * The backup of a document's vectors as JSON, batch by batch, for the whole may be longer than a string can be:
 * { documentId, generation, encoding, model, dimension, vectors: one text a chunk, in order of chunkIndex }.
 */
export async function* embeddingsOf({ blobs, ref, plan, signal }: Source): AsyncGenerator<Uint8Array> {
  const { documentId, generation } = ref;
  const head = JSON.stringify({ documentId, generation, encoding: 'float32-le-base64' });
  yield Buffer.from(head.slice(0, -1));
  for (let batch = 0; batch < plan.batchCount; batch += 1) {
    signal.throwIfAborted();
    const { model, dimension, vectors } = await readVectors(blobs, ref, batch);
    const opening = batch === 0 ? `,"model":${JSON.stringify(model)},"dimension":${dimension},"vectors":[\n` : ',\n';
    yield Buffer.from(opening + vectors.map((vector) => `"${toBase64(vector)}"`).join(',\n'));
  }
  yield Buffer.from(plan.batchCount === 0 ? ',"vectors":[]}\n' : '\n]}\n');
}
