import { AppError, codeOf, PASSING } from '../../domain/errors.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html; the extended ones hold them in their low byte. */
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;

export const BUSY = 'The database stayed locked by another process. Try again.';

const primaryCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;

export const isBusy = (error: unknown): boolean => {
  const code = primaryCode(error);
  return code === SQLITE_BUSY || code === SQLITE_LOCKED;
};

/** What SQLite threw, as ours; an unknown error stays itself. */
export const errorOf = (cause: unknown): unknown => {
  switch (primaryCode(cause)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return new AppError('unavailable', BUSY, { cause });
    case SQLITE_FULL:
      return new AppError('storage_full', 'The disk of DATA_DIR is full. Free some space, then try again.', { cause });
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return new AppError('unavailable', 'The database in DATA_DIR cannot be read or written.', { cause });
    default:
      return cause;
  }
};

/** A full disk or a lock: to be met again a little later. */
export const isPassing = (error: unknown): boolean => PASSING.has(codeOf(errorOf(error)));
