import type { Observe } from '../../common/runtime/sight.ts';
import { repeat } from './repeat.ts';
import { type SweepNeeds, sweep } from './sweep.ts';

interface Sweeping {
  readonly ports: SweepNeeds;
  readonly observe: Observe;
  readonly graceMs: number;
  readonly everyMs: number;
  readonly stopping: AbortSignal;
}

/** Sweeps again and again until `stopping`, starting at once: that is what follows a crash. */
export const keepSweeping = ({ ports, observe, graceMs, everyMs, stopping }: Sweeping): Promise<void> => {
  const sweepOnce = async (): Promise<void> => {
    const swept = await sweep(ports, { graceMs });
    if (swept.resent + swept.deletionsResumed + swept.uploadsEnded > 0) observe({ name: 'swept', ...swept });
  };
  const onFailure = (cause: unknown): void => observe({ name: 'sweep.failed', cause });
  return repeat(sweepOnce, { everyMs, stopping, onFailure });
};
