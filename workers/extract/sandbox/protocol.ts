import { AppError, type ErrorCode } from '../../../common/domain/errors.ts';
import type { Findings } from '../../../common/ports/extractor.ts';

/** The files of one extraction. The child reads the first and writes the others. */
export interface JobFiles {
  readonly original: string;
  /** UTF-8. */
  readonly text: string;
  /** JSON, one batch of chunks a line. */
  readonly batches: string;
}

export interface Request {
  readonly files: JobFiles;
  readonly extension: string;
  readonly fileName: string;
}

/** What the child found; the parent knows the digests. */
export type Read = Omit<Findings, 'sha256' | 'md5'>;

/** How an error crosses: `cause` is for the log. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly cause?: string;
}

export type Reply = { readonly residentBytes: number } & ({ readonly read: Read } | { readonly failure: Failure });

/** What a child says first, once it can be asked. */
export const READY = 'ready';

export const errorOf = ({ code, message, cause }: Failure): AppError =>
  new AppError(code, message, cause === undefined ? {} : { cause: new Error(cause) });
