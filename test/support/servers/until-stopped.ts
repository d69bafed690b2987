import { orExit } from '../../../common/runtime/or-exit.ts';
import { stopOn } from '../../../common/runtime/stopping.ts';

const INTERRUPTED = 130;

/** Runs a main until it ends; one that gives up because it was told to stop is no failure to be explained. */
export const untilStopped = (
  others: readonly AbortSignal[],
  main: (stopping: AbortSignal) => Promise<void>,
): Promise<void> =>
  orExit(async () => {
    const stopping = AbortSignal.any([stopOn('SIGINT', 'SIGTERM', 'SIGHUP'), ...others]);
    try {
      await main(stopping);
    } catch (error) {
      if (!stopping.aborted) throw error;
      process.exitCode = INTERRUPTED;
    }
  });
