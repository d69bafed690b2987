/** Each way to fail, and its job's fate: return after backoff, bury (dead-letter queue), drop as overtaken. */
export const FATE = {
  invalid: 'bury',
  unauthenticated: 'bury',
  forbidden: 'bury',
  not_found: 'bury', // or not yours to see
  conflict: 'bury',
  stale: 'drop',
  too_large: 'bury',
  unsupported: 'bury', // no reader for this kind of file
  unreadable: 'bury', // the file itself is at fault
  throttled: 'return', // only when stopping: until then the shell waits, the lease held
  unavailable: 'return', // likewise
  storage_full: 'return', // likewise
  internal: 'return', // all that is no AppError
} as const;
export type ErrorCode = keyof typeof FATE;

/** Failures that pass by themselves: waited out with the lease held, at no cost to the receive count. */
export const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['throttled', 'unavailable', 'storage_full']);

/** `message` tells people what to do; `cause` is for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const codeOf = (error: unknown): ErrorCode => (error instanceof AppError ? error.code : 'internal');
