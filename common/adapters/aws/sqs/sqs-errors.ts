import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { AppError, codeOf } from '../../../domain/errors.ts';
import { awsErrorOf } from '../aws-errors.ts';

const THROTTLED = /Throttl|OverLimit/;
const BUSY = 'SQS has too much to do. Try again in a moment.';

/** As awsErrorOf, and what SQS alone says. */
export const sqsErrorOf = (error: unknown): unknown =>
  error instanceof Error && THROTTLED.test(error.name)
    ? new AppError('throttled', BUSY, { cause: error })
    : awsErrorOf(error, 'SQS');

/** What is wrong with one entry of a batch: `throttled`, `unavailable`, or `invalid` where SQS refuses it for good. */
export const entryErrorOf = ({ Code = '', Message = '', SenderFault = false }: BatchResultErrorEntry): AppError => {
  const cause = new Error(`${Code}: ${Message}`);
  if (THROTTLED.test(Code)) return new AppError('throttled', BUSY, { cause });
  if (!SenderFault) return new AppError('unavailable', 'SQS does not answer. Try again in a moment.', { cause });
  return new AppError('invalid', `SQS refuses a message (${Code}). The log says more.`, { cause });
};

/** Of a receipt handle: the message is no longer ours. */
export const isRefused = (error: unknown): boolean => codeOf(error) === 'invalid';
