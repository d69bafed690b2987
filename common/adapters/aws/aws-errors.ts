import { AppError } from '../../domain/errors.ts';

const THROTTLED = /Throttl|TooManyRequests|SlowDown|ProvisionedThroughputExceeded|RequestLimitExceeded|LimitExceeded/;
const UNREACHABLE =
  /^(E[A-Z]+|TimeoutError|RequestTimeout|AbortError|NetworkingError|InternalError|InternalServerError|InternalFailure|ServiceUnavailable.*|ExpiredToken.*|CredentialsProviderError)$/;
const SERVER_FAULT = 500;
const TOO_MANY = 429;

/**
 * An error of the AWS SDK as one of ours, itself as `cause`; what is one already, or is nothing that passes, stays as it
 * is: a fault of the program shows as `internal`.
 * @param service as people know it: 'S3', 'DynamoDB'
 */
export const awsErrorOf = (error: unknown, service: string): unknown => {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const status = statusOf(error) ?? 0;
  const words = [error.name, 'code' in error ? String(error.code) : ''];
  if (status === TOO_MANY || words.some((word) => THROTTLED.test(word))) {
    return new AppError('throttled', `${service} has too much to do. Try again in a moment.`, { cause: error });
  }
  if (status >= SERVER_FAULT || words.some((word) => UNREACHABLE.test(word))) {
    return new AppError('unavailable', `${service} does not answer. Try again in a moment.`, { cause: error });
  }
  return error;
};

const statusOf = (error: Error): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
