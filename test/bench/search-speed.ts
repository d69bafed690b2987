import type { IndexedChunk } from '../../common/domain/chunk.ts';
import { numbersOf } from '../../common/domain/vector.ts';
import type { IndexQuery, SearchIndex } from '../../common/ports/search-index.ts';
import { type CorpusSize, corpusOf, numbersFrom, questionOf, unitVector, userOf } from './search-corpus.ts';
import { type Times, timesOf } from './search-times.ts';

/** What search asks of each ranking for ten results. */
export const LIMIT = 50;

const CHUNKS_PER_PUT = 96;

/** Puts a corpus into an index. @returns ms per chunk */
export const fill = async (index: SearchIndex, size: CorpusSize): Promise<number> => {
  const started = performance.now();
  let batch: IndexedChunk[] = [];
  for (const chunk of corpusOf(size)) {
    batch.push(chunk);
    if (batch.length === CHUNKS_PER_PUT) await index.put(batch.splice(0));
  }
  await index.put(batch);
  batch = [];
  return (performance.now() - started) / (size.users * size.chunksPerUser);
};

export type Query = IndexQuery & { readonly text: string; readonly vector: Float32Array };

/** Of one user after the other, in turn. */
export const queriesOf = ({ users }: CorpusSize, count: number): Query[] => {
  const next = numbersFrom(2);
  return Array.from({ length: count }, (_, number) => ({
    text: questionOf(next),
    vector: unitVector(next),
    visibleTo: { userId: userOf(number % users), sharedDocumentIds: [] },
    filters: {},
    limit: LIMIT,
  }));
};

export interface Speed {
  readonly hybrid: Times;
  readonly vector: Times;
  readonly keyword: Times;
}

export const speedOf = async (index: SearchIndex, queries: readonly Query[]): Promise<Speed> => ({
  hybrid: await timesOf(queries, (query) => index.search(query)),
  vector: await timesOf(queries, (query) => index.search({ ...query, text: undefined })),
  keyword: await timesOf(queries, (query) => index.search({ ...query, vector: undefined })),
});

/** Two cosines that single precision cannot tell apart. */
const ROUNDING = 1e-6;

/** How many of the queries get the ranking that a look at each of the user's vectors gives, in double precision. */
export const identicalToExact = async (
  index: SearchIndex,
  size: CorpusSize,
  queries: readonly Query[],
): Promise<number> => {
  const cosines = cosinesOf(size, queries);
  let identical = 0;
  for (const [number, query] of queries.entries()) {
    const { semantic } = await index.search({ ...query, text: undefined });
    const all = cosines[number] as ReadonlyMap<string, number>;
    const exact = [...all.values()].sort((a, b) => b - a).slice(0, LIMIT);
    const found = semantic.map(({ chunkId }) => all.get(chunkId) ?? Number.NaN);
    const isSame = found.every((cosine, rank) => Math.abs(cosine - (exact[rank] as number)) < ROUNDING);
    if (isSame && found.length === exact.length) identical += 1;
  }
  return identical;
};

/** For each query, the cosines of all chunks of its user. */
const cosinesOf = (size: CorpusSize, queries: readonly Query[]): ReadonlyMap<string, number>[] => {
  const cosines = queries.map(() => new Map<string, number>());
  for (const { chunkId, userId, vector } of corpusOf(size)) {
    for (const [number, query] of queries.entries()) {
      if (query.visibleTo.userId === userId) cosines[number]?.set(chunkId, dot(numbersOf(vector), query.vector));
    }
  }
  return cosines;
};

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let axis = 0; axis < a.length; axis++) sum += (a[axis] as number) * (b[axis] as number);
  return sum;
};
