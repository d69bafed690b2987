import { setTimeout as sleep } from 'node:timers/promises';

interface Repetition {
  readonly everyMs: number;
  readonly stopping: AbortSignal;
  /** Told what a task has thrown; it is tried again next time. */
  readonly onFailure: (cause: unknown) => void;
}

/** Does something again and again until `stopping`, starting at once. */
export const repeat = async (
  task: () => Promise<void>,
  { everyMs, stopping, onFailure }: Repetition,
): Promise<void> => {
  while (!stopping.aborted) {
    await task().catch(onFailure);
    await sleep(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
};
