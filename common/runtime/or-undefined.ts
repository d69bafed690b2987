import { codeOf, type ErrorCode } from '../domain/errors.ts';

/** For `catch`: undefined instead of this one failure; all others are thrown on. */
export const orUndefined =
  (code: ErrorCode) =>
  (error: unknown): undefined => {
    if (codeOf(error) !== code) throw error;
  };
