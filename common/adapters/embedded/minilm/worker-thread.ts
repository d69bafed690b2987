import { Worker } from 'node:worker_threads';
import { type Reply, STOP, type Task } from './messages.ts';

/** A worker thread as the pool sees it. */
export interface Thread {
  send(task: Task): void;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
}

/** What the pool is told: each reply, and in the end, once, that the thread is no more. */
export interface Listener {
  onReply(reply: Reply): void;
  onEnd(cause: unknown): void;
}

export type StartThread = (listener: Listener) => Thread;

/** Megabytes of JavaScript heap; the weights lie outside of it. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 };

/** Starts worker threads that keep the model's file in `folder`. */
export const workerThread =
  (folder: string): StartThread =>
  ({ onReply, onEnd }) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      name: 'minilm',
      workerData: { folder },
      resourceLimits: RESOURCE_LIMITS,
      execArgv: [], // those of the program are its own
    });
    const ended = Promise.withResolvers<void>();
    let cause: unknown;
    worker.on('message', onReply);
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      ended.resolve();
      onEnd(cause);
    });
    return {
      send: (task) => worker.postMessage(task),
      stop: () => {
        worker.postMessage(STOP);
        return ended.promise;
      },
    };
  };
