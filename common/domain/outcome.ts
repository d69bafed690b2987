import { AppError, codeOf, type ErrorCode, FATE } from './errors.ts';

/** How a message ends. `return` gives it back to its queue for another attempt. */
export type Outcome = { fate: 'done' } | { fate: (typeof FATE)[ErrorCode]; code: ErrorCode; reason: string };

const UNEXPECTED = 'Something unexpected went wrong here. Try again; if it stays so, the log says more.';

/** The words of an unknown error stay in the log: they may hold a path, a key or a stack. */
export const outcomeOf = (error: unknown): Outcome => {
  const code = codeOf(error);
  return { fate: FATE[code], code, reason: error instanceof AppError ? error.message : UNEXPECTED };
};
