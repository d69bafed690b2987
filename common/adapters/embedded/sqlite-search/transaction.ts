import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../domain/errors.ts';
import { BUSY, isBusy } from '../sqlite-errors.ts';

const PATIENCE_MS = 10_000;
const MAX_PAUSE_MS = 10;

/**
 * Runs `work` alone in the file, all or nothing. Where another process writes it asks again after short random
 * pauses, which is fair, as SQLite's own growing ones are not. Throws `unavailable` at the end of its patience.
 * Blocks its thread.
 */
export const immediately = <Result>(db: DatabaseSync, work: () => Result, patienceMs = PATIENCE_MS): Result => {
  begin(db, patienceMs);
  return ended(db, work);
};

/** Runs `work` on one state of the file, whatever others write meanwhile. */
export const unchanging = <Result>(db: DatabaseSync, work: () => Result): Result => {
  db.exec('BEGIN');
  return ended(db, work);
};

const begin = (db: DatabaseSync, patienceMs: number): void => {
  const end = performance.now() + patienceMs;
  while (!hasBegun(db)) {
    if (performance.now() > end) throw new AppError('unavailable', BUSY);
    pause(Math.random() * MAX_PAUSE_MS);
  }
};

const hasBegun = (db: DatabaseSync): boolean => {
  try {
    db.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
};

const ended = <Result>(db: DatabaseSync, work: () => Result): Result => {
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
};

const pause = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};
