import { setTimeout as sleep } from 'node:timers/promises';
import type { Observe } from '../../common/runtime/observer.ts';
import { type SweepNeeds, sweep } from './sweep.ts';

const EVERY_MS = 30_000;
const GRACE_MS = 60_000;

interface Sweeping {
  readonly ports: SweepNeeds;
  readonly observe: Observe;
  readonly stopping: AbortSignal;
}

/** Sweeps twice a minute until `stopping`, starting at once: that is what follows a crash. */
export const keepSweeping = async ({ ports, observe, stopping }: Sweeping): Promise<void> => {
  while (!stopping.aborted) {
    try {
      const swept = await sweep(ports, { graceMs: GRACE_MS });
      if (swept.resent + swept.deletionsResumed + swept.uploadsEnded > 0) observe({ name: 'swept', ...swept });
    } catch (cause) {
      observe({ name: 'sweep.failed', cause });
    }
    await sleep(EVERY_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
};
