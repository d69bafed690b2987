import { AppError } from '../../../domain/errors.ts';
import { awsErrorOf } from '../aws-errors.ts';

const MISSING = new Set(['NoSuchKey', 'NotFound']);
/** Two writers of one key met, or the parts of a transfer changed under it: passes when done again. */
const MET = new Set(['ConditionalRequestConflict', 'OperationAborted', 'InvalidPart']);

/** What S3 answered, as ours; a fault of the program or its settings stays itself. */
export const s3ErrorOf = (cause: unknown, key: string): unknown => {
  if (isNamed(cause, MISSING)) return new AppError('not_found', `There is no blob ${key}.`, { cause });
  if (isNamed(cause, MET)) {
    return new AppError('unavailable', 'The object is being written by another. Try again in a moment.', { cause });
  }
  return awsErrorOf(cause, 'S3');
};

/** Whether the error is one of these, by the name that S3 gives it. */
export const isNamed = (error: unknown, names: ReadonlySet<string>): boolean =>
  error instanceof Error && names.has(error.name);

/** For a promise's `catch`: throws what S3 answered as ours. */
export const throwS3 =
  (key: string) =>
  (cause: unknown): never => {
    throw s3ErrorOf(cause, key);
  };
