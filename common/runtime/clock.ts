import { setTimeout as sleep } from 'node:timers/promises';

/** Time, as far as anything waits for it: so that the same code runs in real time and in a simulation's. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, at once for none or fewer; rejects when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs it once after `ms`, unless it is cancelled before. */
  after(ms: number, run: () => void): { cancel(): void };
}

/** The machine's own. */
export const realClock: Clock = {
  now: Date.now,
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    if (ms > 0) await sleep(ms, undefined, { signal });
  },
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};
