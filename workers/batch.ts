import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { DocumentChunk } from '../common/domain/chunk.ts';
import type { DocumentRef } from '../common/domain/document.ts';
import { AppError } from '../common/domain/errors.ts';
import { batchKey, vectorsKey } from '../common/domain/keys.ts';
import { numbersOf, type Vector } from '../common/domain/vector.ts';
import type { BlobStore } from '../common/ports/blob-store.ts';
import { bytesOf, fromJson } from '../common/runtime/json.ts';

/** One batch's chunks, as extract wrote them. Throws `not_found`. */
export const readBatch = async (blobs: BlobStore, ref: DocumentRef, batch: number): Promise<DocumentChunk[]> =>
  (await fromJson((await blobs.get(batchKey(ref, batch))).body)) as DocumentChunk[];

export interface Vectors {
  readonly model: string;
  readonly dimension: number;
  /** As `textHashOf` makes them, one a vector. */
  readonly textHashes: readonly string[];
  /** Of a whole batch one a chunk, in order; of a part of one, those that there are. */
  readonly vectors: readonly Vector[];
}

interface VectorFile extends Vectors {
  readonly ref: DocumentRef;
  /** From 0. */
  readonly batch: number;
}

/** JSON with one vector a line: in base64 of little-endian float32, or as the model's reply spelt it. */
export const writeVectors = async (
  blobs: BlobStore,
  { ref, batch, ...file }: VectorFile,
  keyOf = vectorsKey,
): Promise<void> => {
  await blobs.put(keyOf(ref, batch), linesOf(file));
};

async function* linesOf({ vectors, ...head }: Vectors): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},"vectors":[\n${vectors.map(spelt).join(',\n')}\n]}\n`);
}

const spelt = (vector: Vector): string => (typeof vector === 'string' ? vector : `"${toBase64(vector)}"`);

const Head = z.object({ model: z.string(), dimension: z.int().nonnegative(), textHashes: z.array(z.string()) });

/** Throws `not_found` where the batch has not been embedded yet. */
export const readVectors = async (
  blobs: BlobStore,
  { ref, batch }: { ref: DocumentRef; batch: number },
  keyOf = vectorsKey,
): Promise<Vectors> => {
  const { body } = await blobs.get(keyOf(ref, batch));
  let head: z.infer<typeof Head> | undefined;
  const vectors: Vector[] = [];
  for await (const line of createInterface({ input: Readable.from(body) })) {
    if (head === undefined) head = headIn(line);
    else if (!line.startsWith(']')) vectors.push(vectorIn(line));
  }
  if (head === undefined) throw new AppError('not_found', `Batch ${batch} of ${ref.documentId} has no vectors.`);
  return { ...head, vectors };
};

/** The first line of such a file alone, however long its vectors are. Throws `not_found`. @param key of the file */
export const readVectorsHead = async (blobs: BlobStore, key: string): Promise<Omit<Vectors, 'vectors'>> => {
  const { body } = await blobs.get(key, { start: 0, end: HEAD_BYTES_MOST });
  const [line = ''] = (await bytesOf(body)).toString().split('\n', 1);
  return headIn(line);
};

/** CHUNKS_PER_BATCH hashes of some 50 bytes take a third of it. */
const HEAD_BYTES_MOST = 16_384;

const headIn = (line: string): z.infer<typeof Head> => Head.parse(JSON.parse(line.replace(/,"vectors":\[$/, '}')));

/** Of a line that holds one, with or without the comma that parts it from the next. */
export const vectorIn = (line: string): Vector => {
  const text = line.endsWith(',') ? line.slice(0, -1) : line;
  return text.startsWith('"') ? fromBase64(text.slice(1, -1)) : text;
};

/** Of float32, little-endian. */
export const toBase64 = (vector: Vector): string => {
  const { buffer, byteOffset, byteLength } = numbersOf(vector);
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
};

const fromBase64 = (text: string): Float32Array => {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64')); // a copy of its own, so aligned
  return new Float32Array(bytes.buffer);
};
