import type { Hit } from '../../../domain/search.ts';
import { queryTermsOf } from '../../../domain/terms.ts';
import type { IndexQuery, Rankings } from '../../../ports/search-index.ts';
import type { Ask } from './connection.ts';
import { filterOf } from './filter.ts';
import { countedVectorText, type VectorKind } from './vector-text.ts';
import { requireWhole, type Wholeness } from './wholeness.ts';

const MAX_HITS = 300;
const MAX_TERMS = 64;

/** Engines look at k candidates or more: fewer would miss some of the nearest. */
const LEAST_K = 100;

/** Neither the vector nor the terms: they are most of a chunk, and a hit needs none of them. */
const FIELDS = [
  'chunkId',
  'userId',
  'documentId',
  'generation',
  'chunkIndex',
  'content',
  'startPosition',
  'endPosition',
  'metadata.pageNumber',
  'metadata.section',
];

type Source = Omit<Hit, 'relevance' | 'pageNumber' | 'section'> & {
  readonly metadata?: { readonly pageNumber?: number | null; readonly section?: string | null };
};

type Answer = Wholeness & {
  readonly hits?: { readonly hits: readonly { readonly _score: number; readonly _source: Source }[] };
};

/** Both rankings in one request. A server without ids of ours may show a chunk that was just put again twice. */
export const searchIn = async (
  { ask, alias, ...kind }: VectorKind & { readonly ask: Ask; readonly alias: string },
  query: IndexQuery,
): Promise<Rankings> => {
  const terms = queryTermsOf(query.text ?? '').slice(0, MAX_TERMS);
  const size = Math.min(query.limit, MAX_HITS);
  const filter = filterOf(query);
  const common = { size, track_total_hits: false, _source: FIELDS };
  const searches = [
    ...(query.vector === undefined ? [] : [nearest(common, filter, countedVectorText(query.vector, kind))]),
    ...(terms.length === 0 ? [] : [JSON.stringify({ ...common, query: matching(terms, filter) })]),
  ];
  if (searches.length === 0) return { semantic: [], keyword: [] };
  const { responses } = await ask<{ responses: Answer[] }>({
    method: 'POST',
    path: `/${alias}/_msearch`,
    body: searches.map((search) => `{}\n${search}\n`).join(''),
  });
  responses.forEach(requireWhole);
  const keyword = terms.length === 0 ? undefined : responses.at(-1);
  const semantic = query.vector === undefined ? undefined : responses[0];
  return { semantic: hitsOf(semantic, cosineOf), keyword: hitsOf(keyword, (score) => score) };
};

/** The filter is inside: one outside would leave too few of the k nearest. */
const nearest = (common: { size: number }, filter: object, vector: string): string => {
  const knn = JSON.stringify({ k: Math.max(common.size, LEAST_K), filter }).slice(0, -1);
  return `${JSON.stringify(common).slice(0, -1)},"query":{"knn":{"embedding":${knn},"vector":${vector}}}}}`;
};

const matching = (terms: readonly string[], filter: object): object => ({
  bool: { must: { match: { words: { query: terms.join(' ') } } }, filter },
});

/** Engines score a cosine as (1 + cosine) / 2: https://docs.opensearch.org/latest/mappings/supported-field-types/knn-spaces/ */
const cosineOf = (score: number): number => 2 * score - 1;

const hitsOf = (answer: Answer | undefined, relevanceOf: (score: number) => number): Hit[] =>
  (answer?.hits?.hits ?? []).map(({ _score, _source: { metadata, ...hit } }) => ({
    ...hit,
    ...(typeof metadata?.pageNumber === 'number' && { pageNumber: metadata.pageNumber }),
    ...(typeof metadata?.section === 'string' && { section: metadata.section }),
    relevance: relevanceOf(_score),
  }));
