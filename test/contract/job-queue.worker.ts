import type { Outcome } from '../../common/domain/outcome.ts';
import type { StageName } from '../../common/domain/stage-name.ts';
import type { DeadLetters } from '../../common/ports/dead-letters.ts';
import type { JobQueue, Lease, Message } from '../../common/ports/job-queue.ts';

export interface QueueParts {
  readonly queue: JobQueue;
  readonly deadLetters: DeadLetters;
  /** The same queues, as another process sees them. */
  readonly elsewhere: JobQueue;
  /** Of every stage: short, for tests wait for it. */
  readonly visibilitySeconds: number;
  /** Ends all leases, as if their holders had been frozen for the visibility timeout. */
  readonly lapse: () => Promise<void>;
}

export const NOTHING = { visible: 0, inFlight: 0, delayed: 0, oldestSeconds: 0 };

export const DONE: Outcome = { fate: 'done' };
export const FAILED: Outcome = { fate: 'return', code: 'internal', reason: 'It failed.' };
export const BURIED = { fate: 'bury', code: 'unreadable', reason: 'It is broken; upload another.' } as const;

/** A message for ada's turn, unless told otherwise. */
export const message = (body: unknown, rest: Partial<Message> = {}): Message => ({
  stage: 'embed',
  group: 'ada',
  ...rest,
  body,
});

/** What comes in, handed out in that order to whoever waits for it. */
export interface Inbox<Item> {
  put(item: Item): void;
  next(): Promise<Item>;
  take(count: number): Promise<Item[]>;
}

export const inbox = <Item>(): Inbox<Item> => {
  const items: Item[] = [];
  const waiting: ((item: Item) => void)[] = [];
  const next = () =>
    new Promise<Item>((resolve) => {
      const [item] = items.splice(0, 1);
      if (item === undefined) waiting.push(resolve);
      else resolve(item);
    });
  return {
    put(item) {
      const resolve = waiting.shift();
      if (resolve === undefined) items.push(item);
      else resolve(item);
    },
    next,
    take: (count) => Promise.all(Array.from({ length: count }, next)),
  };
};

/** A job in a worker's hands: it ends when the test says so. */
export interface Held extends Lease {
  settle(outcome: Outcome): void;
}

export interface Worker extends AsyncDisposable {
  readonly held: Inbox<Held>;
  /** Takes no more; resolves when nothing is under way. Disposing ends what is. */
  stop(): Promise<void>;
}

interface WorkerOptions {
  readonly stage?: StageName;
  readonly slots?: number;
  /** Ends each job at once; absent: the test ends it. */
  readonly outcomeOf?: (lease: Lease) => Outcome;
}

/** Consumes a stage in the background, and hands its jobs to the test. */
export const startWorker = (queue: JobQueue, { stage = 'embed', slots = 1, outcomeOf }: WorkerOptions = {}): Worker => {
  const stopping = new AbortController();
  const leaving = new AbortController();
  const held = inbox<Held>();
  const work = async (lease: Lease): Promise<Outcome> => {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    if (outcomeOf !== undefined) resolve(outcomeOf(lease));
    leaving.signal.addEventListener('abort', () => resolve(DONE));
    held.put({ ...lease, settle: resolve });
    return promise;
  };
  const running = queue.consume(stage, { slots, stopping: stopping.signal }, work);
  const stop = () => {
    stopping.abort();
    return running;
  };
  return {
    held,
    stop,
    async [Symbol.asyncDispose]() {
      leaving.abort(); // a test that failed has left jobs open
      await stop();
    },
  };
};
