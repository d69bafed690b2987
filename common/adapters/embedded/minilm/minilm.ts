import type { Embedder } from '../../../ports/embedder.ts';
import { DIMENSION } from './bert-graph.ts';
import { openPool } from './pool.ts';
import { refuseTelemetry } from './telemetry.ts';
import { workerThread } from './worker-thread.ts';

export interface MiniLmOptions {
  /** Where the model's two files are made, once (36 MB), and found again. */
  readonly folder: string;
  /** Worker threads at most, one a core is the fastest; each adds 40 MB, and 36 MB that all share. */
  readonly threads: number;
  /** Threads end when they have had nothing to do for so long, and start again in 0.2 s. */
  readonly idleMs?: number;
}

const IDLE_MS = 60_000;

/**
 * all-MiniLM-L6-v2 on this machine's processor, in worker threads that start at the first request.
 * A text's vector depends on that text alone; what is over 256 tokens of it is cut off.
 * Beside the port's errors it throws `storage_full` when there is no room for the model's files, and an aborted
 * signal's reason.
 */
export const openMiniLm = async (options: MiniLmOptions): Promise<Embedder & AsyncDisposable> => {
  const { folder, threads, idleMs = IDLE_MS } = options;
  refuseTelemetry();
  const pool = openPool({ threads, idleMs, startThread: workerThread(folder) });
  return {
    model: 'all-MiniLM-L6-v2',
    dimension: DIMENSION,
    async embed(texts, { group, signal }) {
      signal.throwIfAborted();
      const runs = texts.map((text) => pool.run(text, group));
      const withdraw = (reason: unknown) =>
        pool.withdraw(
          runs.map(({ order }) => order),
          reason,
        );
      const onAbort = () => withdraw(signal.reason);
      signal.addEventListener('abort', onAbort);
      try {
        return await Promise.all(runs.map(({ vector }) => vector));
      } catch (error) {
        withdraw(error); // the rest of them is of no use
        throw error;
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
    embedQuery: async (text) => pool.run(text).vector,
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
};
