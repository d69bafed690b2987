import { AppError } from '../../domain/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const AWAY = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);

/** What the file system threw, as ours; an unknown error stays itself. */
export const fileErrorOf = (cause: unknown): unknown => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (FULL.has(code)) {
    return new AppError('storage_full', 'The disk of DATA_DIR is full. Free some space, then try again.', { cause });
  }
  if (AWAY.has(code)) {
    return new AppError('unavailable', `The files in DATA_DIR cannot be read or written (${code}).`, { cause });
  }
  return cause;
};

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** For a promise's `catch`. */
export const throwFileError = (cause: unknown): never => {
  throw fileErrorOf(cause);
};
