import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import type { Page } from '../../../ports/document-directory.ts';
import { cursorOf, positionOf } from './cursor.ts';
import type { Item, Key } from './item.ts';
import { shardKeys } from './shards.ts';
import type { Table } from './table.ts';

/** Items of a sharded index with a time as its range key, of the same value in all shards. */
export interface Sharded {
  readonly index: string;
  /** The index's hash key, which holds `value#n`. */
  readonly shard: string;
  readonly value: string;
  /** The index's range key: ISO 8601. */
  readonly since: string;
  /** The table's hash and range key. */
  readonly key: readonly [string, string];
}

interface Asked {
  /** ISO 8601, excluded. */
  readonly before: string;
  readonly cursor?: string | undefined;
  /** The most in a page. */
  readonly limit: number;
}

interface Stream {
  readonly hash: string;
  /** Read, and not yet given out. */
  ahead: Key[];
  /** The last one that was given out. */
  last?: Key;
  /** From where to read on; undefined once all has been read. */
  next: { readonly after?: Key | undefined } | undefined;
}

const READ_AHEAD = 25;
const text = z.string().min(1).max(2_048);
/** The last item given out of each shard: time, hash and range key; null before the first. */
const Positions = z.array(z.tuple([text, text, text]).nullable());

/**
 * Keys of the table, oldest first over all shards, ties in any order. Reads each shard as far as the page takes from it,
 * and a little ahead. Throws `invalid` for a cursor that it did not make.
 */
export const oldestFirst = async (
  table: Table,
  sharded: Sharded,
  { before, cursor, limit }: Asked,
): Promise<Page<Key>> => {
  const streams = streamsOf(sharded, before, cursor);
  const readOn = (stream: Stream) => refill(table, stream, { sharded, before });
  await Promise.all(streams.map(readOn));
  const items: Key[] = [];
  for (;;) {
    const first = firstOf(streams, sharded.since);
    const key = first?.ahead[0];
    if (first === undefined || key === undefined) return { items };
    if (items.length === limit) return { items, nextCursor: cursorOf(placesOf(streams, sharded)) };
    items.push(only(key, sharded.key));
    first.last = key;
    first.ahead = first.ahead.slice(1);
    await readOn(first);
  }
};

const streamsOf = ({ shard, value, since, key: [hash, range] }: Sharded, before: string, cursor?: string): Stream[] => {
  const shards = shardKeys(value);
  const positions = cursor === undefined ? shards.map(() => null) : positionOf(Positions, cursor);
  if (positions.length !== shards.length || positions.some((position) => position !== null && position[0] >= before)) {
    throw new AppError('invalid', 'The cursor is of another list: leave it out to start from the beginning.');
  }
  return shards.map((name, n) => {
    const position = positions[n];
    if (!position) return { hash: name, ahead: [], next: {} };
    const last = { [shard]: name, [since]: position[0], [hash]: position[1], [range]: position[2] };
    return { hash: name, ahead: [], last, next: { after: last } };
  });
};

/** Reads on where nothing is left ahead and there may be more. */
const refill = async (
  table: Table,
  stream: Stream,
  { sharded: { index, shard, since, key }, before }: { sharded: Sharded; before: string },
): Promise<void> => {
  while (stream.ahead.length === 0 && stream.next !== undefined) {
    const { items, next } = await table.query({
      index,
      key: '#shard = :shard and #since < :before',
      names: { '#shard': shard, '#since': since, '#hash': key[0], '#range': key[1] },
      values: { ':shard': stream.hash, ':before': before },
      projection: '#shard, #since, #hash, #range',
      limit: READ_AHEAD,
      after: stream.next.after,
    });
    stream.ahead = items.map((item) => only(item, [shard, since, ...key]));
    stream.next = next && { after: next };
  }
};

const firstOf = (streams: readonly Stream[], since: string): Stream | undefined => {
  const timeOf = ({ ahead: [key] }: Stream): string => key?.[since] ?? '';
  let first: Stream | undefined;
  for (const stream of streams.filter(({ ahead }) => ahead.length > 0)) {
    if (first === undefined || timeOf(stream) < timeOf(first)) first = stream;
  }
  return first;
};

const placesOf = (streams: readonly Stream[], { since, key }: Sharded) =>
  streams.map(({ last }) => (last === undefined ? null : [since, ...key].map((attribute) => last[attribute])));

const only = (item: Item, attributes: readonly string[]): Key =>
  Object.fromEntries(attributes.map((attribute) => [attribute, String(item[attribute])]));
