import { AppError, type ErrorCode } from '../../../domain/errors.ts';
import { awsErrorOf } from '../aws-errors.ts';

/** What is no fault of the texts, though Bedrock calls it a fault of the request. */
const MODEL_AT_FAULT = /on-demand throughput|model identifier|inference profile|model version/i;
const CLOSED_TO_US: ReadonlySet<string> = new Set(['AccessDeniedException', 'ResourceNotFoundException']);
const PASSES: ReadonlySet<string> = new Set([
  'ModelTimeoutException',
  'ModelErrorException',
  'ModelStreamErrorException',
]);

/** An error of Bedrock as one of ours; a refusal of what was sent stays as it is. @param model its id */
export const bedrockErrorOf = (error: unknown, model: string): unknown => {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const isModelAtFault = error.name === 'ValidationException' && MODEL_AT_FAULT.test(error.message);
  if (CLOSED_TO_US.has(error.name) || isModelAtFault) {
    const message = `Bedrock does not serve ${model} to this account here. Ask for access to it, or set another model or an inference profile of it.`;
    return new AppError('unavailable', message, { cause: error });
  }
  if (PASSES.has(error.name)) {
    return new AppError('unavailable', 'Bedrock does not answer. Try again in a moment.', { cause: error });
  }
  if (error.name === 'ServiceQuotaExceededException') {
    return new AppError('throttled', 'Bedrock has too much to do. Try again in a moment.', { cause: error });
  }
  return awsErrorOf(error, 'Bedrock');
};

/** Bedrock has read the request, and takes it in no event. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'ValidationException';

const TURNED_AWAY: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['throttled', 'unavailable']);

/** Another time it takes the same. */
export const isTurnedAway = (error: unknown): error is AppError =>
  error instanceof AppError && TURNED_AWAY.has(error.code);
