import { z } from 'zod';
import type { DocumentChunk } from '../common/domain/chunk.ts';
import type { DocumentRef } from '../common/domain/document.ts';
import { batchKey, vectorsKey } from '../common/domain/keys.ts';
import type { BlobStore } from '../common/ports/blob-store.ts';
import { fromJson, json } from '../common/runtime/json.ts';

/** One batch's chunks, as extract wrote them. Throws `not_found`. */
export const readBatch = async (blobs: BlobStore, ref: DocumentRef, batch: number): Promise<DocumentChunk[]> =>
  (await fromJson((await blobs.get(batchKey(ref, batch))).body)) as DocumentChunk[];

/** Little-endian float32 in base64, one text a chunk. */
const Vectors = z.object({ model: z.string(), dimension: z.int().positive(), vectors: z.array(z.base64()) });
export type Vectors = z.infer<typeof Vectors>;

export const writeVectors = async (
  blobs: BlobStore,
  { ref, batch, model, vectors }: { ref: DocumentRef; batch: number; model: string; vectors: readonly Float32Array[] },
): Promise<void> => {
  const dimension = vectors[0]?.length ?? 0;
  await blobs.put(vectorsKey(ref, batch), json({ model, dimension, vectors: vectors.map(toBase64) }));
};

/** Throws `not_found` where the batch has not been embedded yet. */
export const readVectors = async (blobs: BlobStore, ref: DocumentRef, batch: number): Promise<Vectors> =>
  Vectors.parse(await fromJson((await blobs.get(vectorsKey(ref, batch))).body));

const toBase64 = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');

export const fromBase64 = (text: string): Float32Array => {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64')); // a copy of its own, so aligned
  return new Float32Array(bytes.buffer);
};
