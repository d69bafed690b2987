import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from '../../../domain/errors.ts';
import { backoffMs } from '../../../runtime/backoff.ts';

/** When the next call may go. Tokens are estimates, until a call has been settled. */
export interface Pacer {
  /** Resolves when a call of about so many tokens may go; rejects when `signal` aborts. */
  reserve(tokens: number, signal: AbortSignal): Promise<void>;
  /** Takes the tokens of a query, which goes at once. */
  debit(tokens: number): void;
  /** What a call that Bedrock answered has cost; 0 for a refusal. */
  settle(reserved: number, spent: number): void;
  /** Bedrock turned a call away, which cost nothing; it will be made again, with a reservation of its own. */
  failed(reserved: number, code: ErrorCode): void;
}

/**
 * Lets all go, and everybody wait once Bedrock turns a call away: longer each time, until one is answered.
 * It knows of this process alone.
 */
export const backoffPacer = (random: () => number = Math.random): Pacer => {
  let failures = 0;
  let pausedUntil = 0;
  return {
    async reserve(_tokens, signal) {
      for (let left = 1; left > 0; ) {
        signal.throwIfAborted();
        left = pausedUntil - performance.now();
        if (left > 0) await sleep(left, undefined, { signal });
      }
    },
    debit() {},
    settle() {
      failures = 0;
    },
    failed() {
      if (performance.now() < pausedUntil) return; // one of those that were under way together
      failures += 1;
      pausedUntil = performance.now() + backoffMs(failures, random);
    },
  };
};
