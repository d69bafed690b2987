import { z } from 'zod';
import type { DocumentRef } from '../../common/domain/document.ts';

/**
 * embeddings.json: { documentId, generation, encoding, model, dimension, chunkCount, vectors, textHashes }, one vector a
 * line, in order of chunkIndex, then the hash of each one's text. All lines of a kind have one length, so that where one
 * lies is computed: of two gigabytes no more is read than is wanted.
 */
const Head = z.object({
  documentId: z.string(),
  generation: z.int().positive(),
  encoding: z.literal('float32-le-base64'),
  model: z.string(),
  dimension: z.int().positive(),
  chunkCount: z.int().positive(),
});
export type EmbeddingsHead = z.infer<typeof Head>;

const VECTORS = ',"vectors":[\n';
export const HASHES = '\n],"textHashes":[\n';
export const END = '\n]}\n';

/** Its first line is shorter: the longest part is the model's name. */
export const HEAD_BYTES_MOST = 2_048;

/** Of SHA-256 in base64url, without padding. */
const HASH_CHARACTERS = 43;
/** Two quotation marks, a comma and the line's end. */
const AROUND = 4;

type Content = Pick<EmbeddingsHead, 'model' | 'dimension' | 'chunkCount'>;

/** The first line, with its end. */
export const headOf = ({ documentId, generation }: DocumentRef, { model, dimension, chunkCount }: Content): string => {
  const encoding: EmbeddingsHead['encoding'] = 'float32-le-base64';
  return JSON.stringify({ documentId, generation, encoding, model, dimension, chunkCount }).slice(0, -1) + VECTORS;
};

/** The whole of one without chunks. */
export const emptyOf = ({ documentId, generation }: DocumentRef): string =>
  `${JSON.stringify({ documentId, generation, encoding: 'float32-le-base64', vectors: [], textHashes: [] })}\n`;

/** Bytes, `end` excluded. */
interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Layout {
  readonly head: EmbeddingsHead;
  /** Where the lines of these chunks lie, whole but for the last one's comma and end. */
  vectors(first: number, end: number): Range;
  textHashes(first: number, end: number): Range;
}

/** Of a file that begins so; undefined for one that has no chunks, or another form. */
export const layoutOf = (beginning: string): Layout | undefined => {
  const at = beginning.indexOf(VECTORS);
  const parsed = at === -1 ? undefined : Head.safeParse(JSON.parse(`${beginning.slice(0, at)}}`));
  if (parsed?.data === undefined) return undefined;
  const { dimension, chunkCount } = parsed.data;
  const base64 = 4 * Math.ceil((dimension * Float32Array.BYTES_PER_ELEMENT) / 3);
  const vectors = table(Buffer.byteLength(beginning.slice(0, at) + VECTORS), base64 + AROUND);
  const afterVectors = vectors(chunkCount - 1, chunkCount).end;
  const textHashes = table(afterVectors + HASHES.length, HASH_CHARACTERS + AROUND);
  return { head: parsed.data, vectors, textHashes };
};

const table =
  (start: number, line: number) =>
  (first: number, end: number): Range => ({ start: start + first * line, end: start + end * line - ',\n'.length });
