import { Worker } from 'node:worker_threads';
import { AppError } from '../../../domain/errors.ts';
import { type Reply, type Request, STOP, type ThreadData } from './messages.ts';
import type { Argument, OperationName, Result } from './operations.ts';

/** A worker thread that starts when it is asked for something, and ends when it has been idle for a while. */
export interface IndexThread extends AsyncDisposable {
  /** How much it has yet to do. */
  readonly waiting: number;
  /** Throws what the operation throws, `unavailable` when there is too much to do, `internal` when the thread dies of it. */
  ask<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Result<Name>>;
}

interface Asked {
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** One life of the thread, and what it has been asked. */
interface Life {
  readonly worker: Worker;
  readonly asked: Map<number, Asked>;
  readonly ended: Promise<void>;
}

const MAX_WAITING = 1_000;
const TOO_MUCH = 'The search index has too much to do. Try again in a moment.';
const DIED = 'The search index broke off. Try again; if it stays so, look at the memory of this machine.';
const CLOSED = 'The search index is closed. Start the program again.';

/** Megabytes of JavaScript heap; SQLite's memory lies outside of it. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };

/** @param idleMs a thread with nothing to do ends after so long */
export const indexThread = (workerData: ThreadData, idleMs: number): IndexThread => {
  const ending = new Set<Promise<void>>();
  let life: Life | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;
  let isClosed = false;

  const onReply = ({ worker, asked }: Life, reply: Reply): void => {
    const { resolve, reject } = asked.get(reply.id) as Asked;
    asked.delete(reply.id);
    if ('result' in reply) resolve(reply.result as never);
    else reject(new AppError(reply.code, reply.reason, { cause: reply.cause }));
    if (asked.size > 0 || isClosed) return;
    worker.unref();
    idle = setTimeout(stop, idleMs).unref();
  };

  const onEnd = (ended: Life, cause: unknown): void => {
    if (life === ended) life = undefined;
    for (const { reject } of ended.asked.values()) reject(new AppError('internal', DIED, { cause }));
  };

  const start = (): Life => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      name: `search index, ${workerData.role}`,
      workerData,
      resourceLimits: RESOURCE_LIMITS,
    });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const started: Life = { worker, asked: new Map(), ended };
    let cause: unknown;
    worker.on('message', (reply) => onReply(started, reply));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      onEnd(started, cause);
      resolve();
    });
    return started;
  };

  const stop = (): void => {
    if (life === undefined) return;
    const { worker, ended } = life;
    life = undefined;
    worker.ref();
    worker.postMessage(STOP);
    ending.add(ended);
    ended.then(() => ending.delete(ended));
  };

  return {
    get waiting() {
      return life?.asked.size ?? 0;
    },
    async ask(name, argument) {
      if (isClosed) throw new AppError('unavailable', CLOSED);
      clearTimeout(idle);
      life ??= start();
      const { worker, asked } = life;
      if (asked.size >= MAX_WAITING) throw new AppError('unavailable', TOO_MUCH);
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
