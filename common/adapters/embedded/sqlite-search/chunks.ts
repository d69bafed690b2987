import type { IndexedChunk } from '../../../domain/chunk.ts';
import type { DocumentKey } from '../../../domain/document.ts';
import type { Connection } from './connection.ts';
import { describeRow, isUnsettled, type Unsettled } from './describe.ts';
import { type DocumentRow, documentRow, documentRows, freeId, putDocument, removeDocument } from './documents.ts';
import { chunksOfDocument } from './ids.ts';
import { immediately, unchanging } from './transaction.ts';
import { putPublicWords, putWords, removeWords, type Wordlists, wordlistsOf } from './words.ts';

export type BareChunk = Omit<IndexedChunk, 'vector'>;

/** Chunks, and their vectors one after another. */
export interface Batch {
  readonly chunks: readonly BareChunk[];
  readonly vectors: Float32Array;
}

const KNOWN = 'SELECT id FROM chunk WHERE document = ? AND chunkId = ?';
const NEXT_CHUNK = 'SELECT max(id) + 1 AS id FROM chunk WHERE id BETWEEN ? AND ?';
const PUT_CHUNK = 'INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
const PUT_VECTOR = 'INSERT OR REPLACE INTO vector VALUES (?, ?)';

/** Adds or replaces. Returns documents that are to be settled: they were there, and have become public or private. */
export const putChunks = (connection: Connection, { chunks, vectors }: Batch): Unsettled[] => {
  const bytesEach = vectors.byteLength / chunks.length;
  const rows = chunks.map((chunk, index) => ({
    chunk,
    vector: new Uint8Array(vectors.buffer, index * bytesEach, bytesEach),
    lists: wordlistsOf({ ...chunk, section: chunk.metadata.section ?? null }), // before the file is locked
  }));
  return immediately(connection.db, () => {
    const documents = new Map<string, DocumentRow>();
    for (const row of rows) {
      const { userId, documentId, generation } = row.chunk;
      const key = JSON.stringify([userId, documentId, generation]);
      const document = documents.get(key) ?? describedDocument(connection, row.chunk);
      documents.set(key, document);
      putRow(connection, document, row);
    }
    return [...documents.values()].filter(isUnsettled);
  });
};

const describedDocument = (connection: Connection, chunk: BareChunk): DocumentRow => {
  const id = putDocument(connection, chunk);
  describeRow(connection, id, chunk);
  return documentRow(connection, id) as DocumentRow;
};

interface Row {
  readonly chunk: BareChunk;
  readonly vector: Uint8Array;
  readonly lists: Wordlists;
}

const putRow = (connection: Connection, document: DocumentRow, { chunk, vector, lists }: Row): void => {
  const { prepared } = connection;
  const { chunkId, chunkIndex, content, startPosition, endPosition, metadata } = chunk;
  const { pageNumber = null, section = null } = metadata;
  const known = prepared(KNOWN).get(document.id, chunkId)?.['id'] as bigint | undefined;
  const id = known ?? freeId(connection, NEXT_CHUNK, chunksOfDocument(document.id));
  const place = [chunkIndex, content, startPosition, endPosition, pageNumber, section];
  prepared(PUT_CHUNK).run(id, document.id, chunkId, ...place);
  prepared(PUT_VECTOR).run(id, vector);
  putWords(connection, id, { owner: document.owner, lists });
  if (document.isPublic === 1n) putPublicWords(connection, id, lists);
};

/** More at once would hold the file's lock for long. */
const CHUNKS_PER_REMOVAL = 100;

const SOME_OF_DOCUMENT = 'SELECT id FROM chunk WHERE id BETWEEN ? AND ? LIMIT ?';

/** Removes some of a document's chunks. Returns how many, or undefined when there is no such document. */
export const removeSome = (
  connection: Connection,
  { document, generation }: { document: DocumentKey; generation?: number | undefined },
): number | undefined =>
  immediately(connection.db, () => {
    const [row] = documentRows(connection, document, generation);
    if (row === undefined) return undefined;
    const chunks = connection.prepared(SOME_OF_DOCUMENT).all(...chunksOfDocument(row.id), CHUNKS_PER_REMOVAL);
    for (const { id } of chunks) removeChunk(connection, id as bigint);
    if (chunks.length < CHUNKS_PER_REMOVAL) removeDocument(connection, row);
    return chunks.length;
  });

const removeChunk = (connection: Connection, id: bigint): void => {
  removeWords(connection, id);
  connection.prepared('DELETE FROM vector WHERE id = ?').run(id);
  connection.prepared('DELETE FROM chunk WHERE id = ?').run(id);
};

const PAGE = 1_000;
const NEXT_CHUNK_IDS = 'SELECT chunkId FROM chunk WHERE document = ? AND chunkId > ? ORDER BY chunkId LIMIT ?';

/** Up to 1,000 after the given one, in order, of one generation or of all. */
export const chunkIdsOf = (
  connection: Connection,
  {
    document,
    generation,
    after,
  }: { document: DocumentKey; generation?: number | undefined; after?: string | undefined },
): string[] =>
  unchanging(connection.db, () => {
    const pages = documentRows(connection, document, generation).map(({ id }) =>
      connection.prepared(NEXT_CHUNK_IDS).all(id, after ?? '', PAGE),
    );
    const chunkIds = pages.flat().map(({ chunkId }) => chunkId as string);
    return chunkIds.sort().slice(0, PAGE);
  });
