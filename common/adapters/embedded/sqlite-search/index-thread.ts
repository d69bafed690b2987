import { Worker } from 'node:worker_threads';
import { AppError } from '../../../domain/errors.ts';
import { type Reply, type Request, STOP, type ThreadData } from './messages.ts';
import type { Argument, OperationName, Result } from './operations.ts';

/** A worker thread that starts when it is asked for something, and ends when it has been idle for a while. */
export interface IndexThread extends AsyncDisposable {
  /** How much it has yet to do. */
  readonly waiting: number;
  /** Throws what the operation throws, and `unavailable` when there is too much to do or the thread has died. */
  ask<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Result<Name>>;
}

interface Asked {
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

const MAX_WAITING = 1_000;
const TOO_MUCH = 'The search index has too much to do. Try again in a moment.';
const DIED = 'The search index broke off. Try again; look at the memory of this machine if it happens often.';
const CLOSED = 'The search index is closed. Start the program again.';

/** Megabytes of JavaScript heap; SQLite's memory lies outside of it. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };

/** @param idleMs a thread with nothing to do ends after so long */
export const indexThread = (workerData: ThreadData, idleMs: number): IndexThread => {
  const asked = new Map<number, Asked>();
  const ending = new Set<Promise<void>>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;
  let isClosed = false;

  const onReply = (reply: Reply): void => {
    const { resolve, reject } = asked.get(reply.id) as Asked;
    asked.delete(reply.id);
    if ('result' in reply) resolve(reply.result as never);
    else reject(new AppError(reply.code, reply.reason, { cause: reply.cause }));
    if (asked.size > 0) return;
    worker?.unref();
    idle = setTimeout(stop, idleMs).unref();
  };

  const start = (): Worker => {
    const started = new Worker(new URL('./thread.ts', import.meta.url), {
      name: `search index, ${workerData.role}`,
      workerData,
      resourceLimits: RESOURCE_LIMITS,
    });
    const ended = Promise.withResolvers<void>();
    let cause: unknown;
    ending.add(ended.promise);
    started.on('message', onReply);
    started.on('error', (error) => {
      cause = error;
    });
    started.on('exit', () => {
      ending.delete(ended.promise);
      ended.resolve();
      if (worker === started) onDeath(cause);
    });
    return started;
  };

  const onDeath = (cause: unknown): void => {
    worker = undefined;
    for (const { reject } of asked.values()) reject(new AppError('unavailable', DIED, { cause }));
    asked.clear();
  };

  const stop = (): void => {
    worker?.postMessage(STOP);
    worker?.ref();
    worker = undefined;
  };

  return {
    get waiting() {
      return asked.size;
    },
    async ask(name, argument) {
      if (isClosed) throw new AppError('unavailable', CLOSED);
      if (asked.size >= MAX_WAITING) throw new AppError('unavailable', TOO_MUCH);
      clearTimeout(idle);
      worker ??= start();
      worker.ref();
      lastId += 1;
      worker.postMessage({ id: lastId, name, argument } satisfies Request);
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<Result<typeof name>>>();
      asked.set(lastId, { resolve, reject });
      return promise;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(idle);
      stop();
      await Promise.all(ending);
    },
  };
};
