import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Slots {
  free(): number;
  /** Keeps a slot until the work has ended, however it ends. */
  fill(work: () => Promise<void>): void;
  /** Resolves when one is free, and those are too that end in the same moment; or when `stopping` aborts. */
  room(): Promise<void>;
  /** Resolves when all are free. */
  idle(): Promise<void>;
}

/** As many pieces of work as may be under way at once. */
export const slotsOf = (most: number, stopping: AbortSignal): Slots => {
  const bell = new EventEmitter<{ ring: [] }>();
  let filled = 0;
  const end = () => {
    filled -= 1;
    bell.emit('ring');
  };
  return {
    free: () => most - filled,
    fill(work) {
      filled += 1;
      work().then(end, end);
    },
    async room() {
      if (filled < most) return;
      while (filled >= most && !stopping.aborted) {
        await once(bell, 'ring', { signal: stopping }).catch(() => undefined);
      }
      await nextTurn(); // a batch of deletions ends up to ten
    },
    async idle() {
      while (filled > 0) await once(bell, 'ring');
    },
  };
};
