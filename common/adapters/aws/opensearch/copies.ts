import type { DocumentKey } from '../../../domain/document.ts';
import type { Ask } from './connection.ts';
import { requireWhole, type Wholeness } from './wholeness.ts';

/** A chunk as it lies in the index, where a server with ids of its own may hold several. */
export interface Copy {
  /** The server's name for it. */
  readonly id: string;
  readonly chunkId: string;
  /** ms since 1970 */
  readonly writtenAt: number;
}

/** Which of two copies of a chunk gives way: everybody decides alike, so that the last one always stays. */
export const givesWay = (copy: Copy, other: Copy): boolean =>
  copy.writtenAt === other.writtenAt ? copy.id < other.id : copy.writtenAt < other.writtenAt;

/** More than a page of ids, so that most pages of them take one request. */
const PAGE = 1_001;

interface Reply extends Wholeness {
  readonly hits: {
    readonly hits: readonly {
      readonly _id: string;
      readonly sort: readonly [chunkId: string, writtenAt: number];
    }[];
  };
}

interface Place {
  readonly ask: Ask;
  readonly alias: string;
}

/** The copies that can be seen and that a query finds, by chunkId, the oldest first; in pages. */
export async function* copiesOf(
  { ask, alias }: Place,
  { query, after }: { query: object; after?: string | undefined },
): AsyncGenerator<readonly Copy[]> {
  let last: readonly [string, number] | undefined = after === undefined ? undefined : [after, Number.MAX_SAFE_INTEGER];
  for (;;) {
    const reply: Reply = await ask<Reply>({
      method: 'POST',
      path: `/${alias}/_search`,
      body: {
        query,
        size: PAGE,
        track_total_hits: false,
        _source: false,
        sort: [{ chunkId: 'asc' }, { writtenAt: 'asc' }],
        ...(last !== undefined && { search_after: last }),
      },
    });
    requireWhole(reply);
    const { hits } = reply.hits;
    if (hits.length > 0) yield hits.map(({ _id, sort: [chunkId, writtenAt] }) => ({ id: _id, chunkId, writtenAt }));
    last = hits.at(-1)?.sort;
    if (hits.length < PAGE) return;
  }
}

export const ofDocument = ({ userId, documentId }: DocumentKey, generation?: number): object => ({
  bool: {
    filter: [
      { term: { userId } },
      { term: { documentId } },
      ...(generation === undefined ? [] : [{ term: { generation } }]),
    ],
  },
});

export const ofChunks = (chunkIds: readonly string[]): object => ({
  bool: { filter: { terms: { chunkId: chunkIds } } },
});
