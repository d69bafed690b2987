import { AppError } from '../../../common/domain/errors.ts';
import type { Failure } from './protocol.ts';

/** What a disk says that has no room; and a process that gets no memory. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);
const NO_MEMORY = /allocation failed|out of memory/i;
const TOO_LONG = /invalid (?:string|array|typed array) length/i;

const codeOfSystem = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const isFull = (error: unknown): boolean => FULL.has(codeOfSystem(error));

const DISK_FULL = 'The disk of the work folder is full. Free some space, then try again.';

const damaged = (extension: string): string =>
  `The file could not be read as ${extension.toUpperCase()}: it seems to be damaged. Open it in the program that made it, save it again and upload the new copy.`;

/** Nothing that a process can go on with, even where it does not end by itself; libraries wrap it in errors of theirs. */
export const isOutOfMemory = (error: unknown): boolean =>
  codeOfSystem(error) === 'ENOMEM' ||
  (error instanceof RangeError && TOO_LONG.test(error.message)) ||
  (error instanceof Error && NO_MEMORY.test(error.message));

/** Throws an error on, a full disk's as `storage_full`. */
export const diskFull = (error: unknown): never => {
  throw isFull(error) ? new AppError('storage_full', DISK_FULL, { cause: error }) : error;
};

const detailsOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** As it crosses to the parent. A library's own words are for the log: to people the file is damaged. */
export const failureOf = (error: unknown, extension: string): Failure => {
  if (error instanceof AppError) {
    const { code, message, cause } = error;
    return { code, message, ...(cause === undefined ? {} : { cause: detailsOf(cause) }) };
  }
  const cause = detailsOf(error);
  if (isFull(error)) return { code: 'storage_full', message: DISK_FULL, cause };
  return { code: 'unreadable', message: damaged(extension), cause };
};
