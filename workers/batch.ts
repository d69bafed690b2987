import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { DocumentChunk } from '../common/domain/chunk.ts';
import type { DocumentRef } from '../common/domain/document.ts';
import { AppError } from '../common/domain/errors.ts';
import { batchKey, vectorsKey } from '../common/domain/keys.ts';
import { numbersOf, type Vector } from '../common/domain/vector.ts';
import type { BlobStore } from '../common/ports/blob-store.ts';
import { fromJson } from '../common/runtime/json.ts';

/** One batch's chunks, as extract wrote them. Throws `not_found`. */
export const readBatch = async (blobs: BlobStore, ref: DocumentRef, batch: number): Promise<DocumentChunk[]> =>
  (await fromJson((await blobs.get(batchKey(ref, batch))).body)) as DocumentChunk[];

export interface Vectors {
  readonly model: string;
  readonly dimension: number;
  /** One a chunk, in order. */
  readonly vectors: readonly Vector[];
}

interface VectorFile extends Vectors {
  readonly ref: DocumentRef;
  /** From 0. */
  readonly batch: number;
}

/** JSON with one vector a line: in base64 of little-endian float32, or as the model's reply spelt it. */
export const writeVectors = async (blobs: BlobStore, { ref, batch, ...file }: VectorFile): Promise<void> => {
  await blobs.put(vectorsKey(ref, batch), linesOf(file));
};

async function* linesOf({ model, dimension, vectors }: Vectors): AsyncGenerator<Uint8Array> {
  const head = JSON.stringify({ model, dimension }).slice(0, -1);
  yield Buffer.from(`${head},"vectors":[\n${vectors.map(spelt).join(',\n')}\n]}\n`);
}

const spelt = (vector: Vector): string => (typeof vector === 'string' ? vector : `"${toBase64(vector)}"`);

const Head = z.object({ model: z.string(), dimension: z.int().nonnegative() });

/** Throws `not_found` where the batch has not been embedded yet. */
export const readVectors = async (blobs: BlobStore, ref: DocumentRef, batch: number): Promise<Vectors> => {
  const { body } = await blobs.get(vectorsKey(ref, batch));
  let head: z.infer<typeof Head> | undefined;
  const vectors: Vector[] = [];
  for await (const line of createInterface({ input: Readable.from(body) })) {
    if (head === undefined) head = Head.parse(JSON.parse(line.replace(/,"vectors":\[$/, '}')));
    else if (!line.startsWith(']')) vectors.push(vectorIn(line));
  }
  if (head === undefined) throw new AppError('not_found', `Batch ${batch} of ${ref.documentId} has no vectors.`);
  return { ...head, vectors };
};

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
