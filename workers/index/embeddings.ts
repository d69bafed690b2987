import type { DocumentRef } from '../../common/domain/document.ts';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import type { Plan } from '../../common/ports/progress-store.ts';
import { readVectors, toBase64 } from '../batch.ts';
import { END, emptyOf, HASHES, headOf } from '../vectors/layout.ts';

interface Source {
  readonly blobs: BlobStore;
  readonly ref: DocumentRef;
  readonly plan: Plan;
  readonly signal: AbortSignal;
}

/**
 * The backup of a document's vectors as JSON, laid out as layout.ts says: batch by batch, for the whole may be longer
 * than a string can be.
 */
export async function* embeddingsOf({ blobs, ref, plan, signal }: Source): AsyncGenerator<Uint8Array> {
  const { batchCount, chunkCount } = plan;
  const textHashes: string[] = [];
  for (let batch = 0; batch < batchCount; batch += 1) {
    signal.throwIfAborted();
    const read = await readVectors(blobs, { ref, batch });
    const { model, dimension } = read;
    const opening = batch === 0 ? headOf(ref, { model, dimension, chunkCount }) : ',\n';
    yield Buffer.from(opening + read.vectors.map((vector) => `"${toBase64(vector)}"`).join(',\n'));
    for (const textHash of read.textHashes) textHashes.push(`"${textHash}"`);
  }
  yield Buffer.from(batchCount === 0 ? emptyOf(ref) : HASHES + textHashes.join(',\n') + END);
}
