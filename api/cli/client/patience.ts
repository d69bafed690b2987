import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../common/domain/errors.ts';
import { Refused } from './problem.ts';

export interface Patience {
  /** Tries in all. */
  readonly attempts: number;
  /** Whether a connection that breaks, or a server that is away, is worth another try. */
  readonly unreachable: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told before each wait. */
  readonly onWait?: ((error: AppError, seconds: number) => void) | undefined;
  /** For tests. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const LONGEST_ASKED_MS = 120_000;
const PASSING_STATUS = new Set([429, 502, 503, 504, 507]);

const sleepFor = (ms: number, signal: AbortSignal | undefined): Promise<unknown> =>
  delay(ms, undefined, signal ? { signal } : {});

const isPassing = (error: unknown, unreachable: boolean): error is AppError =>
  error instanceof Refused
    ? PASSING_STATUS.has(error.status)
    : unreachable && error instanceof AppError && error.code === 'unavailable';

/** The server's own wish, or twice as long each time, less up to half by chance so that clients do not march in step. */
export const waitMsOf = (error: AppError, attempt: number, chance: number): number => {
  const asked = error instanceof Refused ? error.retryAfterSeconds : undefined;
  if (asked !== undefined) return Math.min(asked * 1000, LONGEST_ASKED_MS);
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS) * (1 - chance / 2);
};

/**
 * Does `work` again, after a wait, while what stops it passes by itself; then throws the last error, and an AbortError
 * once the signal has aborted.
 */
export const patiently = async <T>(work: () => Promise<T>, patience: Patience): Promise<T> => {
  const { attempts, unreachable, signal, onWait, sleep = sleepFor } = patience;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt + 1 >= attempts || !isPassing(error, unreachable)) throw error;
      const ms = waitMsOf(error, attempt, Math.random());
      onWait?.(error, ms / 1000);
      await sleep(ms, signal);
    }
  }
};
