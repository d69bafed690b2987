import { createHash } from 'node:crypto';
import type { Hit } from '../../domain/search.ts';
import type { IndexQuery, Rankings, SearchIndex } from '../../ports/search-index.ts';
import { afterwards, type CacheOptions, lookedUp } from './looked-up.ts';

const TTL_MS = 10_000;
const BYTES = 64 * 1024 * 1024;
/** Ids, numbers and headers, beside the content. */
const BYTES_PER_HIT = 600;

/**
 * Keeps what the index found for ten seconds, by all that decides what may be found: who asks and what is shared with
 * them, words, vector, filters. It is the index's answer before the check against the records, which the caller makes
 * each time: a deletion, or the end of a share, holds at once. Writes of this process clear it.
 */
export const cachedSearch = (index: SearchIndex, options: CacheOptions = {}): SearchIndex => {
  const cache = lookedUp<Rankings>({ ...options, name: 'search', most: BYTES, sizeOf: bytesOf, ttlMs: TTL_MS });
  const written = <Result>(write: Promise<Result>): Promise<Result> => afterwards(write, cache.forgetAll);
  return {
    ...index,
    async search(query) {
      const { semantic, keyword } = await cache.get(keyOf(query), () => index.search(query));
      return { semantic: [...semantic], keyword: [...keyword] }; // the caller's own, to sort or cut
    },
    put: (chunks) => written(index.put(chunks)),
    describe: (document, change) => written(index.describe(document, change)),
    delete: (document, generation) => written(index.delete(document, generation)),
  };
};

const keyOf = ({ text, vector, visibleTo, filters, limit, without = [] }: IndexQuery): string => {
  const { documentIds, tags, fileTypes, uploadedFrom, uploadedTo } = filters;
  const asked = [
    visibleTo.userId,
    ordered(visibleTo.sharedDocumentIds),
    text,
    [documentIds, tags, fileTypes].map((names) => names && ordered(names)),
    uploadedFrom,
    uploadedTo,
    limit,
    ordered(without),
    typeof vector === 'string' ? vector : undefined,
  ];
  const hash = createHash('sha256').update(JSON.stringify(asked));
  if (vector instanceof Float32Array) hash.update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  return hash.digest('base64url');
};

const ordered = (names: readonly string[]): string[] => [...names].sort();

const bytesOf = ({ semantic, keyword }: Rankings): number =>
  1 + [...semantic, ...keyword].reduce((sum, hit) => sum + bytesOfHit(hit), 0);

const bytesOfHit = ({ content, section = '' }: Hit): number => BYTES_PER_HIT + 2 * (content.length + section.length);
