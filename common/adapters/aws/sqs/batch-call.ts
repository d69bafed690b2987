import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { type AppError, PASSING } from '../../../domain/errors.ts';
import { backoffMs } from '../../../runtime/backoff.ts';
import { entryErrorOf, sqsErrorOf } from './sqs-errors.ts';

/** A dead service shows sooner than a long poll would. */
export const CALL_OPTIONS = { requestTimeout: 5_000 };

/** One batch call of SQS. */
export type BatchCall<Entry> = (
  entries: (Entry & { Id: string })[],
) => Promise<{ readonly Failed?: readonly BatchResultErrorEntry[] | undefined }>;

const TRIES = 4;

/**
 * Makes a batch call, and again for those entries alone that failed by no fault of theirs, with backoff.
 * Answers in the order of the entries, with an error where one failed for good. Throws where the whole call failed.
 */
export const callInBatch = async <Entry>(
  entries: readonly Entry[],
  call: BatchCall<Entry>,
): Promise<(AppError | undefined)[]> => {
  const errors: (AppError | undefined)[] = entries.map(() => undefined);
  let left = entries.map((entry, index) => ({ ...entry, Id: String(index) }));
  for (let tries = 1; left.length > 0; tries += 1) {
    for (const { Id } of left) errors[Number(Id)] = undefined;
    for (const failure of await failuresOf(left, call)) errors[Number(failure.Id)] = entryErrorOf(failure);
    if (tries === TRIES) break;
    left = left.filter(({ Id }) => isPassing(errors[Number(Id)]));
    if (left.length > 0) await sleep(backoffMs(tries));
  }
  return errors;
};

const failuresOf = async <Entry>(entries: (Entry & { Id: string })[], call: BatchCall<Entry>) => {
  try {
    return (await call(entries)).Failed ?? [];
  } catch (error) {
    throw sqsErrorOf(error);
  }
};

const isPassing = (error: AppError | undefined): boolean => error !== undefined && PASSING.has(error.code);
