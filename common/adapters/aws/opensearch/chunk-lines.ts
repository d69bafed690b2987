import type { IndexedChunk } from '../../../domain/chunk.ts';
import { termsOf } from '../../../domain/terms.ts';
import type { Action } from './bulk.ts';
import { type VectorKind, vectorText } from './vector-text.ts';

interface Writing extends VectorKind {
  /** Whether the chunk's id is the server's, too. */
  readonly ids: boolean;
  /** ms since 1970 */
  readonly writtenAt: number;
}

/** A chunk as a bulk request takes it, its vector spliced in as the model spelt it. Throws `invalid`. */
export const chunkAction = (chunk: IndexedChunk, { ids, writtenAt, ...kind }: Writing): Action => {
  const vector = vectorText(chunk.vector, kind);
  const head = JSON.stringify({ index: ids ? { _id: chunk.chunkId } : {} });
  const fields = JSON.stringify({ ...fieldsOf(chunk), writtenAt }).slice(0, -1);
  const lines = `${head}\n${fields},"embedding":${vector}}\n`;
  // The vector is ASCII, and most of it all.
  return { lines, bytes: lines.length - fields.length - head.length + Buffer.byteLength(fields + head) };
};

const fieldsOf = ({ metadata, fileName, fileType, tags, vector: _, ...chunk }: IndexedChunk) => ({
  chunkId: chunk.chunkId,
  documentId: chunk.documentId,
  userId: chunk.userId,
  generation: chunk.generation,
  chunkIndex: chunk.chunkIndex,
  content: chunk.content,
  words: [chunk.content, fileName, metadata.section ?? ''].flatMap(termsOf).join(' '),
  startPosition: chunk.startPosition,
  endPosition: chunk.endPosition,
  metadata: {
    fileName,
    fileType,
    pageNumber: metadata.pageNumber,
    section: metadata.section,
    wordCount: metadata.wordCount,
    tags,
  },
  uploadDate: chunk.uploadDate,
  isPublic: chunk.isPublic,
  createdAt: chunk.createdAt,
});
