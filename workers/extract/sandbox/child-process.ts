import type { ChildProcess } from 'node:child_process';
import { type Launch, launch } from './launch.ts';
import { guardMemory } from './memory.ts';
import type { Reply, Request } from './protocol.ts';

/** Why a child has ended; `killed` is by somebody else, as the kernel when the machine has no memory left. */
export type Death = 'time' | 'memory' | 'abort' | 'killed' | 'crash';

/** A child that ended and did not answer. */
export class ChildDied extends Error {
  readonly death: Death;

  constructor(death: Death, details: string) {
    super(`The child has ended (${death}). ${details}`);
    this.death = death;
  }
}

export interface Patience {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

export interface Child {
  readonly pid: number;
  /** Throws ChildDied. Past the time, or when the signal aborts, the child is killed. One question at a time. */
  ask(request: Request, patience: Patience): Promise<Reply>;
  alive(): boolean;
  /** Kills it; resolves once it is gone. */
  end(): Promise<void>;
}

/** Of what it writes on stderr, kept for the log. */
const KEPT = 4096;
const OUT_OF_MEMORY = /out of memory|allocation failed/i;

/** Keeps the end of what a child writes on stderr. */
const lastWords = ({ stderr }: ChildProcess): (() => string) => {
  let words = '';
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-KEPT);
  });
  return () => words;
};

const deathOf = (signal: NodeJS.Signals | null, words: string): Death => {
  if (OUT_OF_MEMORY.test(words)) return 'memory';
  return signal === 'SIGKILL' ? 'killed' : 'crash';
};

/** Starts a child and waits until it can be asked. Throws ChildDied. */
export const startChild = async (options: Launch): Promise<Child> => {
  const child = launch(options);
  const words = lastWords(child);
  const gone = Promise.withResolvers<void>();
  let [death, ours]: [ChildDied | undefined, Death | undefined] = [undefined, undefined];
  let answer = Promise.withResolvers<unknown>(); // settled, or somebody waits for it

  const bury = (kind: Death, details: string): void => {
    death = new ChildDied(kind, details);
    answer.reject(death);
    gone.resolve();
  };
  child.on('message', (said) => answer.resolve(said));
  child.once('error', (error) => bury('crash', error.message));
  child.once('close', (_code, signal) => bury(ours ?? deathOf(signal, words()), words()));

  const kill = (kind: Death): void => {
    ours ??= kind;
    child.kill('SIGKILL');
  };

  await answer.promise;
  const pid = child.pid as number;
  const unguard = await guardMemory(pid, options.memoryBytes, () => kill('memory'));
  void gone.promise.then(unguard);

  return {
    pid,
    async ask(request, { milliseconds, signal }) {
      if (death !== undefined) throw death;
      answer = Promise.withResolvers();
      const timer = setTimeout(() => kill('time'), milliseconds);
      const abort = (): void => kill('abort');
      signal.addEventListener('abort', abort, { once: true });
      try {
        child.send(request, (error) => error !== null && kill('crash'));
        return (await answer.promise) as Reply;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      }
    },
    alive: () => death === undefined,
    async end() {
      kill('abort');
      await gone.promise;
    },
  };
};
