import type { Clock } from '../../../common/runtime/clock.ts';
import { type Event, eventHeap } from './event-heap.ts';

export interface VirtualTime {
  readonly clock: Clock;
  /** ms since the beginning */
  elapsed(): number;
  /** Events that have happened. */
  events(): number;
  /** Lets time pass until `ms` after the beginning. Throws what an event throws. One at a time. */
  run(ms: number): Promise<void>;
}

/** A fixed day, so that the same seed sees the same times. */
const BEGINNING = Date.UTC(2025, 0, 1);

/**
 * A clock that jumps from event to event. It keeps whole milliseconds and Node's least wait of one, as timers do.
 *
 * Between two events all promises settle: a tick that a microtask asks for comes when no microtask is left. That costs
 * a third of a microsecond, where a turn of the event loop costs two.
 */
export const virtualTime = (): VirtualTime => {
  const heap = eventHeap();
  let now = BEGINNING;
  let made = 0;
  let happened = 0;

  const after = (ms: number, run: () => void): Event => {
    made += 1;
    const event: Event = { at: now + Math.max(1, Math.trunc(ms)), order: made, run, isCancelled: false };
    heap.push(event);
    return event;
  };

  const clock: Clock = {
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      if (ms <= 0) return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const event = after(ms, resolve);
      const onAbort = () => {
        event.isCancelled = true;
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        await promise;
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    after(ms, run) {
      const event = after(ms, run);
      return {
        cancel() {
          event.isCancelled = true;
        },
      };
    },
  };

  const step = (end: number): boolean => {
    const next = heap.peek();
    if (next === undefined || next.at > end) return false;
    heap.pop();
    now = next.at;
    happened += 1;
    next.run();
    return true;
  };

  return {
    clock,
    elapsed: () => now - BEGINNING,
    events: () => happened,
    run(ms) {
      const end = BEGINNING + ms;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const settled = (next: () => void) => queueMicrotask(() => process.nextTick(next));
      const advance = (): void => {
        try {
          if (step(end)) settled(advance);
          else {
            now = Math.max(now, end);
            resolve();
          }
        } catch (error) {
          reject(error);
        }
      };
      settled(advance);
      return promise;
    },
  };
};
