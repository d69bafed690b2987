import type { DocumentState } from '../../common/domain/document.ts';
import type { Filters, Hit, Passage, SearchMode } from '../../common/domain/search.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { IndexQuery } from '../../common/ports/search-index.ts';
import { documentRecords } from './document-records.ts';
import { ranked } from './ranked.ts';
import { type Caller, isShown, visibleTo } from './visible.ts';

const ROUNDS = 3;
const DEPTH = { least: 50, perPassage: 3, most: 300 };

export interface Retrieval {
  readonly query: string;
  readonly mode: SearchMode;
  /** Passages wanted; from 1 to 100. */
  readonly limit: number;
  /** A list that is empty filters nothing. */
  readonly filters: Filters;
  readonly caller: Caller;
}

/**
 * The passages that fit a query best, each checked against its document's record; fewer than `limit` when there are no
 * more, or when three rounds have met too many that may not be shown. Throws what the ports throw.
 */
export const retrieve = async (
  { embedder, index, directory }: Pick<Ports, 'embedder' | 'index' | 'directory'>,
  { query, mode, limit, filters, caller }: Retrieval,
): Promise<Passage[]> => {
  const depth = Math.min(DEPTH.most, Math.max(DEPTH.least, DEPTH.perPassage * limit));
  const request = { caller, filters: withoutEmpty(filters) };
  const search: IndexQuery = {
    text: mode === 'semantic' ? undefined : query,
    vector: mode === 'keyword' ? undefined : await embedder.embedQuery(query),
    visibleTo: visibleTo(caller),
    filters: request.filters,
    limit: depth,
  };
  const records = documentRecords(directory);
  const without = new Set<string>();
  for (let round = 1; ; round++) {
    const found = await index.search({ ...search, without: [...without] });
    await records.read([...found.semantic, ...found.keyword]);
    const { hits, rejected, cut } = ranked(found, depth, (hit) => isShown(hit, records.of(hit), request));
    const enough = hits.length >= limit || rejected.length === 0 || !cut;
    if (enough || round === ROUNDS) return hits.slice(0, limit).map((hit) => passageOf(hit, records.of(hit)));
    for (const chunkId of rejected) without.add(chunkId);
  }
};

const withoutEmpty = ({ documentIds, tags, fileTypes, ...dates }: Filters): Filters => ({
  ...dates,
  ...(documentIds?.length && { documentIds }),
  ...(tags?.length && { tags }),
  ...(fileTypes?.length && { fileTypes }),
});

const passageOf = (hit: Hit & { score: number }, document: DocumentState | undefined): Passage => ({
  chunkId: hit.chunkId,
  documentId: hit.documentId,
  fileName: document?.fileName ?? '',
  score: hit.score,
  content: hit.content,
  startPosition: hit.startPosition,
  endPosition: hit.endPosition,
  ...(hit.pageNumber !== undefined && { pageNumber: hit.pageNumber }),
  ...(hit.section !== undefined && { section: hit.section }),
});
