import { AppError } from '../../../domain/errors.ts';
import { awsErrorOf } from '../aws-errors.ts';

export const isNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name);

/** What Cognito throws for somebody who is not known, or not by this password or token. */
export const STRANGER = ['NotAuthorizedException', 'UserNotFoundException'] as const;

/** How Cognito says that a password was guessed too often; it has no error of its own. */
const LOCKED_OUT = /attempts exceeded/i;

/** As ours; what is no known error stays itself, and shows as `internal`. */
export const cognitoErrorOf = (error: unknown): unknown => {
  if (
    isNamed(error, 'TooManyFailedAttemptsException') ||
    (isNamed(error, ...STRANGER) && LOCKED_OUT.test(error.message))
  )
    return new AppError('throttled', 'Too many wrong passwords; try again in a few minutes.', { cause: error });
  return awsErrorOf(error, 'Cognito');
};
