import type { Vector } from '../../domain/vector.ts';
import type { Embedder } from '../../ports/embedder.ts';
import { type CacheOptions, lookedUp } from './looked-up.ts';

const TTL_MS = 60 * 60_000;
/** 6 kB each at 1,536 dimensions. */
const QUERIES = 2_000;

/** Keeps the vectors of questions for an hour: a question that is asked again costs no call. Texts go past it. */
export const cachedQueries = (embedder: Embedder, options: CacheOptions = {}): Embedder => {
  const cache = lookedUp<Vector>({ ...options, name: 'queries', most: QUERIES, ttlMs: TTL_MS });
  return { ...embedder, embedQuery: (text) => cache.get(text, () => embedder.embedQuery(text)) };
};
