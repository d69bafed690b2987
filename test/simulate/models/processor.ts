import type { Clock } from '../../../common/runtime/clock.ts';

/** One process's event loop: what it computes, it computes one after the other. */
export interface Processor {
  /** Resolves when so much has been computed, after all that was asked for before. */
  compute(ms: number): Promise<void>;
  /** Computed so far. */
  busyMs(): number;
}

export const processor = (clock: Clock): Processor => {
  let freeAt = 0;
  let busy = 0;
  return {
    async compute(ms) {
      freeAt = Math.max(freeAt, clock.now()) + ms;
      busy += ms;
      const wait = freeAt - clock.now();
      if (wait >= 1) await clock.sleep(wait);
    },
    busyMs: () => busy,
  };
};
