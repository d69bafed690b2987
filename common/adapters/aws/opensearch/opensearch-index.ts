import type { IndexRebuild } from '../../../ports/index-rebuild.ts';
import type { SearchIndex } from '../../../ports/search-index.ts';
import { connectionTo, type Server } from './connection.ts';
import { ensureIndex } from './ensure-index.ts';
import type { Engine } from './mapping.ts';
import { nextIndexes } from './next-index.ts';
import { searchIn } from './search.ts';
import { takesIds } from './takes-ids.ts';
import { writerOf } from './writing.ts';

export interface OpenSearchSettings extends Server {
  /** The alias that leads to the index: lower-case letters, digits and hyphens. */
  readonly index: string;
  readonly engine: Engine;
  readonly model: string;
  readonly dimension: number;
  /** Of an index that is yet to be made, in a domain; a collection sees to them itself. */
  readonly shards?: number;
  /** How long the server takes at most until it shows what was written. Absent: as its service does. */
  readonly refreshSeconds?: number;
  /** Between one try of a write and the next. @param tries from 1 */
  readonly pause?: (tries: number) => Promise<unknown>;
}

/** A domain refreshes every second, and each copy of a shard by itself; a collection every 10 to 60. */
const REFRESH_SECONDS = { es: 5, none: 5, aoss: 60 };

export interface OpenSearchIndex extends SearchIndex, AsyncDisposable {
  readonly rebuild: IndexRebuild;
}

/**
 * A search index in an OpenSearch domain or Serverless collection, made where it is missing.
 *
 * A domain holds a chunk under its own id, so a second put replaces it. A collection gives ids of its own: there a put
 * deletes the copies before its own that it knows of or can see, and `chunkIds` those that have come to light since, so
 * that whoever has paged through a document has left each chunk once.
 *
 * What is written shows after the index's refresh (1 s in a domain, up to a minute in a collection). `describe` and
 * `delete` reach what this process has just written nevertheless; what another one has, they reach when repeated after
 * that time. Nothing here asks for a refresh.
 *
 * Throws `conflict` when the index was made for another model or dimension.
 */
export const openSearchIndex = async ({
  index: alias,
  engine,
  model,
  dimension,
  shards = 1,
  refreshSeconds,
  pause,
  ...server
}: OpenSearchSettings): Promise<OpenSearchIndex> => {
  await using opened = new AsyncDisposableStack();
  const { ask } = opened.use(connectionTo(server));
  const isCollection = server.service === 'aoss';
  const kind = { engine, model, dimension, shards: isCollection ? undefined : shards };
  await ensureIndex(ask, { alias, ...kind });
  const ids = await takesIds(ask, alias);
  const writable = { ask, alias, ids, model, dimension, requireAlias: !isCollection, ...(pause && { pause }) };
  const owned = opened.move();
  return {
    ...writerOf(writable),
    rebuild: nextIndexes({ ...writable, ...kind }),
    refreshSeconds: refreshSeconds ?? REFRESH_SECONDS[server.service],
    search: (query) => searchIn({ ask, alias, model, dimension }, query),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
