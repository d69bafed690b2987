import { AppError, type ErrorCode } from '../../../common/domain/errors.ts';

/** Why a file or folder was not taken, for people. */

/** Not for this assistant: binary, empty, too large. Where it was met in a folder, no fault. */
const UNSUITABLE = new Set<ErrorCode>(['unsupported', 'too_large']);
/** What stands in the way of all files, not of one. */
const FATAL = new Set<ErrorCode>(['unauthenticated', 'forbidden', 'unavailable', 'storage_full']);

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file (any more)',
  ENOTDIR: 'there is no such file',
  EACCES: 'it cannot be read: permission denied',
  EPERM: 'it cannot be read: permission denied',
  ELOOP: 'a link that leads to itself, or that was put in its place just now',
  ENAMETOOLONG: 'its path is too long',
  EISDIR: 'it is a folder now',
  EMFILE: 'too many files are open',
  EIO: 'the disk cannot read it',
  ESTALE: 'the network drive it is on has lost it',
};

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** What is wrong with one file, so that the others go on. Throws `error` on when it is more than that. */
export const faultOf = (error: unknown): { unsuitable: boolean; reason: string } => {
  if (error instanceof AppError && !FATAL.has(error.code)) {
    return { unsuitable: UNSUITABLE.has(error.code), reason: error.message };
  }
  if (!isSystemError(error)) throw error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return { unsuitable: false, reason: REASONS[code] ?? message };
};
