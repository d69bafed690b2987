import type { Hit, Visibility } from '../../../domain/search.ts';
import type { IndexQuery } from '../../../ports/search-index.ts';
import type { Connection } from './connection.ts';

/** A chunk's place in a ranking, before it is read. */
export interface Ranked {
  readonly id: bigint;
  readonly relevance: number;
}

/** What a ranking reads of a query. */
export type Ask = Pick<IndexQuery, 'visibleTo' | 'filters' | 'limit'> & { readonly without: readonly string[] };

/** How many to rank so that `limit` are left when those turned down are gone. */
export const depthOf = ({ limit, without }: Ask): number => limit + without.length;

const OWNER = 'SELECT id FROM owner WHERE userId = ?';

/** Undefined for who has no chunk here. */
export const ownerOf = ({ prepared }: Connection, { userId }: Visibility): bigint | undefined =>
  prepared(OWNER).get(userId)?.['id'] as bigint | undefined;

const HIT = `
  SELECT chunkId, userId, documentId, generation, chunkIndex, content, startPosition, endPosition, pageNumber, section
  FROM chunk JOIN document ON document.id = chunk.document WHERE chunk.id = ?`;

/** The best of rankings that share no chunk, read. */
export const hitsOf = ({ prepared }: Connection, rankings: readonly (readonly Ranked[])[], ask: Ask): Hit[] => {
  const turnedDown = new Set(ask.without);
  const byId = prepared(HIT);
  return rankings
    .flat()
    .sort((a, b) => b.relevance - a.relevance || (a.id < b.id ? -1 : 1))
    .slice(0, depthOf(ask))
    .map(({ id, relevance }) => hitOf(byId.get(id) as unknown as HitRow, relevance))
    .filter(({ chunkId }) => !turnedDown.has(chunkId))
    .slice(0, ask.limit);
};

interface HitRow extends Pick<Hit, 'chunkId' | 'userId' | 'documentId' | 'content'> {
  readonly generation: bigint;
  readonly chunkIndex: bigint;
  readonly startPosition: bigint;
  readonly endPosition: bigint;
  readonly pageNumber: bigint | null;
  readonly section: string | null;
}

const hitOf = ({ pageNumber, section, ...row }: HitRow, relevance: number): Hit => ({
  ...row,
  generation: Number(row.generation),
  chunkIndex: Number(row.chunkIndex),
  startPosition: Number(row.startPosition),
  endPosition: Number(row.endPosition),
  ...(pageNumber !== null && { pageNumber: Number(pageNumber) }),
  ...(section !== null && { section }),
  relevance,
});
