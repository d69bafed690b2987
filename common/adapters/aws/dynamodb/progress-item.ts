import type { StageName } from '../../../domain/stage-name.ts';
import type { Progress } from '../../../ports/progress-store.ts';
import type { Expressions } from './expressions.ts';
import type { Item } from './item.ts';
import { EXPIRES_AT } from './tables.ts';

type Marked = Exclude<StageName, 'extract'>;

const COUNTER = { embed: 'embedded', index: 'indexed' } as const;
const OTHER = { embed: 'indexed', index: 'embedded' } as const;
/** The batches of one set; an answer carries the set that it has changed, whatever others there are. */
const SET_SIZE = 128;

/** What a read of the progress alone needs. */
export const PROGRESS_FIELDS = [
  'batchCount',
  'chunkCount',
  'embedded',
  'indexed',
  'startedAt',
  'updatedAt',
  EXPIRES_AT,
] as const;

export const progressOf = ({ batchCount, chunkCount, embedded, indexed, startedAt, updatedAt }: Item): Progress => ({
  batchCount: Number(batchCount),
  chunkCount: Number(chunkCount),
  embedded: Number(embedded),
  indexed: Number(indexed),
  startedAt: String(startedAt),
  updatedAt: String(updatedAt),
});

/** Times in ISO 8601, and in seconds since 1970. */
export interface Moment {
  readonly now: string;
  readonly seconds: number;
  readonly expiresAt: number;
}

export const isExpired = (item: Item, { seconds }: Pick<Moment, 'seconds'>): boolean =>
  Number(item[EXPIRES_AT]) <= seconds;

/**
 * Adds a batch and counts it, unless it is there or nothing is. What is shown is set to itself, so that the answer
 * (UPDATED_NEW) holds all of it and yet not every batch. 2,084 batches, of 200,000 chunks, take some 13 KB of an item's
 * 400.
 */
export const markOf = (stage: Marked, batch: number, { now, seconds, expiresAt }: Moment): Expressions => ({
  update:
    `SET updatedAt = :now, ${EXPIRES_AT} = :expiresAt, batchCount = batchCount, chunkCount = chunkCount, ` +
    'startedAt = startedAt, #other = #other ADD #counter :one, #set :batches',
  condition: `${EXPIRES_AT} > :seconds AND NOT contains(#set, :batch)`,
  names: {
    '#counter': COUNTER[stage],
    '#other': OTHER[stage],
    '#set': `${stage}Batches${Math.floor(batch / SET_SIZE)}`,
  },
  values: {
    ':now': now,
    ':seconds': seconds,
    ':expiresAt': expiresAt,
    ':one': 1,
    ':batch': batch,
    ':batches': new Set([batch]),
  },
});
