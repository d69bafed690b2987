import pLimit from 'p-limit';
import { CHUNKS_PER_BATCH, type DocumentChunk } from '../../common/domain/chunk.ts';
import type { Document } from '../../common/domain/document.ts';
import { chunkKey } from '../../common/domain/keys.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { SearchIndex } from '../../common/ports/search-index.ts';
import { fromJson } from '../../common/runtime/json.ts';
import { indexedChunk } from '../index/index-batch.ts';
import { openStoredVectors } from '../vectors/stored.ts';

export interface RestoreInto extends Pick<Ports, 'blobs'> {
  readonly index: Pick<SearchIndex, 'put'>;
}

const READS_AT_ONCE = 16;

/**
 * Puts the chunks of a document's generation into an index, a batch at a time, from chunk files and embeddings.json.
 * Returns how many. Throws `not_found` where a blob is missing.
 */
export const restoreDocument = async (document: Document, { blobs, index }: RestoreInto): Promise<number> => {
  const stored = await openStoredVectors(blobs, document);
  if (stored === undefined) return 0;
  const { chunkCount } = stored.head;
  const limit = pLimit(READS_AT_ONCE);
  for (let first = 0; first < chunkCount; first += CHUNKS_PER_BATCH) {
    const vectors = await stored.vectors(first, Math.min(first + CHUNKS_PER_BATCH, chunkCount));
    const chunks = await limit.map(vectors, async (vector, n) => {
      const { body } = await blobs.get(chunkKey(document, first + n));
      return indexedChunk(document, (await fromJson(body)) as DocumentChunk, vector);
    });
    await index.put(chunks);
  }
  return chunkCount;
};
