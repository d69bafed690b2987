import type { ErrorCode } from '../../../domain/errors.ts';
import { backoffMs } from '../../../runtime/backoff.ts';
import { type Clock, realClock } from '../../../runtime/clock.ts';

/** Tokens that wait to be sent. All tokens here are estimates, but for what Bedrock has counted. */
export interface Demand {
  /** Of the next text. */
  readonly least: number;
  /** Of the next call. */
  readonly call: number;
  /** Of all; 0: nothing waits. */
  readonly all: number;
}

/** Leave to make one call, now. One of its two ends has to be told. */
export interface Turn {
  /** What the call should hold at most. */
  readonly tokens: number;
  settle(call: Settled): void;
  /** Bedrock turned the call away; it will be made again, with another turn. */
  failed(code: ErrorCode): void;
}

export interface Settled {
  /** Tokens that went; 0 where none did, or for a refusal. */
  readonly sent: number;
  /** As Bedrock counted them; undefined where it does not say. */
  readonly spent: number | undefined;
  /** Callers whose last text it was. */
  readonly jobs: number;
}

/** When calls may go, and how large they should be. */
export interface Pacer {
  /** What a call should hold at most at present, in tokens. */
  room(): number;
  /** Resolves when a call may go; what it may hold is settled then, by what waits then. Rejects when `signal` aborts. */
  reserve(demand: () => Demand, signal: AbortSignal): Promise<Turn>;
  /** Resolves at once but for too many of them: a query waits for nothing. */
  debit(tokens: number, signal: AbortSignal): Promise<Turn>;
}

/** Lets nothing go for a while after a failure: longer each time, until a call is answered. */
export interface Pause {
  readonly over: (signal: AbortSignal) => Promise<void>;
  answered(): void;
  failed(): void;
}

export const pauses = (clock: Clock, random: () => number): Pause => {
  let failures = 0;
  let pausedUntil = 0;
  return {
    async over(signal) {
      for (let left = 1; left > 0; ) {
        signal.throwIfAborted();
        left = pausedUntil - clock.now();
        if (left > 0) await clock.sleep(left, signal);
      }
    },
    answered() {
      failures = 0;
    },
    failed() {
      if (clock.now() < pausedUntil) return; // one of those that were under way together
      failures += 1;
      pausedUntil = clock.now() + backoffMs(failures, random);
    },
  };
};

/** Lets all go, and everybody wait once Bedrock turns a call away. It knows of this process alone, and of no quota. */
export const backoffPacer = (random: () => number = Math.random, clock: Clock = realClock): Pacer => {
  const pause = pauses(clock, random);
  const turn = (tokens: number): Turn => ({ tokens, settle: pause.answered, failed: pause.failed });
  return {
    room: () => Number.POSITIVE_INFINITY,
    async reserve(demand, signal) {
      await pause.over(signal);
      return turn(demand().call);
    },
    debit: async (tokens) => turn(tokens),
  };
};
