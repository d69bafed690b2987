import type { DocumentRef } from '../../../domain/document.ts';
import { AppError } from '../../../domain/errors.ts';
import type { ProgressStore } from '../../../ports/progress-store.ts';
import { projectionOf } from './expressions.ts';
import type { Item } from './item.ts';
import { isExpired, type Moment, markOf, PROGRESS_FIELDS, progressOf } from './progress-item.ts';
import { refKey } from './ref-key.ts';
import { dynamoTable, type Place } from './table.ts';
import { EXPIRES_AT } from './tables.ts';

const KEPT_SECONDS = 30 * 24 * 3_600;
const IS_GONE = `attribute_not_exists(pk) OR ${EXPIRES_AT} <= :seconds`;

/** What has not moved for 30 days is forgotten. @param place the state table */
export const dynamoProgressStore = (place: Place, clock: () => number = Date.now): ProgressStore => {
  const table = dynamoTable(place);
  return {
    async begin(ref, { batchCount, chunkCount }) {
      const { now, seconds, expiresAt } = momentOf(clock());
      const progress = { batchCount, chunkCount, embedded: 0, indexed: 0, startedAt: now, updatedAt: now };
      const item = { ...keyOf(ref), ...progress, [EXPIRES_AT]: expiresAt };
      const condition = { condition: IS_GONE, values: { ':seconds': seconds } };
      return progressOf(await table.putNew(item, condition, (found) => present(found, ref)));
    },

    async mark(ref, stage, batch) {
      const moment = momentOf(clock());
      const mark = { ...markOf(stage, batch, moment), returns: 'UPDATED_NEW' } as const;
      return progressOf(await table.update(keyOf(ref), mark, (found) => unexpired(present(found, ref), ref, moment)));
    },

    async get(ref) {
      const item = await table.get(keyOf(ref), projectionOf(PROGRESS_FIELDS.map((field) => [field])));
      return item === undefined || isExpired(item, momentOf(clock())) ? undefined : progressOf(item);
    },

    remove: (ref) => table.remove(keyOf(ref)),
  };
};

const keyOf = (ref: DocumentRef) => refKey('progress', ref);

const momentOf = (ms: number): Moment => {
  const seconds = Math.floor(ms / 1_000);
  return { now: new Date(ms).toISOString(), seconds, expiresAt: seconds + KEPT_SECONDS };
};

/** Who was refused because the batch is counted already sees what has been counted. */
const unexpired = (item: Item, ref: DocumentRef, moment: Moment): Item => {
  if (isExpired(item, moment)) throw withoutPlan(ref);
  return item;
};

const present = (item: Item | undefined, ref: DocumentRef): Item => {
  if (item === undefined) throw withoutPlan(ref);
  return item;
};

const withoutPlan = ({ documentId, generation }: DocumentRef) =>
  new AppError('stale', `${documentId} has no plan for generation ${generation}.`);
