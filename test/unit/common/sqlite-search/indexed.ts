import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BareChunk, Batch } from '../../../../common/adapters/embedded/sqlite-search/chunks.ts';
import type { IndexFile } from '../../../../common/adapters/embedded/sqlite-search/connection.ts';

export const DIMENSION = 4;

/** An index's file in a folder of its own. */
export const temporaryIndex = async (): Promise<IndexFile & AsyncDisposable> => {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-search-'));
  return {
    file: join(folder, 'search.db'),
    model: 'a model',
    dimension: DIMENSION,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
};

/** Alice's, in generation 1 of a document of her own, unless it says otherwise. */
export const bareChunk = (content: string, fields: Partial<BareChunk> = {}): BareChunk => ({
  userId: 'alice',
  documentId: `document of ${content}`,
  generation: 1,
  chunkId: `chunk of ${content}`,
  chunkIndex: 0,
  content,
  startPosition: 0,
  endPosition: content.length,
  metadata: { wordCount: 1, charCount: content.length },
  createdAt: '2026-01-01T00:00:00.000Z',
  fileName: 'manual.txt',
  fileType: 'text/plain',
  uploadDate: '2026-01-01T00:00:00.000Z',
  tags: ['tag'],
  isPublic: false,
  ...fields,
});

/** All with the same vector. */
export const batchOf = (...chunks: readonly BareChunk[]): Batch => {
  const vectors = new Float32Array(chunks.length * DIMENSION);
  for (let n = 0; n < chunks.length; n++) vectors[n * DIMENSION] = 1;
  return { chunks, vectors };
};

export const askOf = (userId: string, sharedDocumentIds: readonly string[] = []) => ({
  visibleTo: { userId, sharedDocumentIds },
  filters: {},
  limit: 10,
  without: [],
});
