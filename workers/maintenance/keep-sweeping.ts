import { setTimeout as sleep } from 'node:timers/promises';
import type { Observe } from '../../common/runtime/observer.ts';
import { type SweepNeeds, sweep } from './sweep.ts';

interface Sweeping {
  readonly ports: SweepNeeds;
  readonly observe: Observe;
  readonly graceMs: number;
  readonly everyMs: number;
  readonly stopping: AbortSignal;
}

/** Sweeps again and again until `stopping`, starting at once: that is what follows a crash. */
export const keepSweeping = async ({ ports, observe, graceMs, everyMs, stopping }: Sweeping): Promise<void> => {
  while (!stopping.aborted) {
    try {
      const swept = await sweep(ports, { graceMs });
      if (swept.resent + swept.deletionsResumed + swept.uploadsEnded > 0) observe({ name: 'swept', ...swept });
    } catch (cause) {
      observe({ name: 'sweep.failed', cause });
    }
    await sleep(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
};
