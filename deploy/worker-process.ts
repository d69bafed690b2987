import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../common/runtime/backoff.ts';
import type { Observe } from '../common/runtime/sight.ts';

const MAIN = new URL('../workers/main.ts', import.meta.url);
/** Embedding takes all that it gets; whoever asks and searches goes first. */
const NICENESS = 10;
const STEADY_MS = 60_000;

export interface WorkerProcess extends AsyncDisposable {
  /** The process as it is now; another one after it died. */
  current(): ChildProcess;
}

/** Keeps one process with all stages alive; disposing lets it finish or give back what it is working on. */
export const keepWorkerProcess = (env: NodeJS.ProcessEnv, observe: Observe): WorkerProcess => {
  const stopping = new AbortController();
  let child = start(env);
  const supervised = (async () => {
    for (let restarts = 1; ; restarts += 1) {
      const started = performance.now();
      const [code, signal] = await once(child, 'exit');
      if (stopping.signal.aborted) return;
      observe({
        name: 'worker.ended',
        cause: new Error(`The worker process ended (${signal ?? code}); starting another.`),
      });
      if (performance.now() - started > STEADY_MS) restarts = 0;
      await sleep(backoffMs(restarts + 1), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      child = start(env);
    }
  })();
  return {
    current: () => child,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      child.kill('SIGTERM');
      await supervised;
    },
  };
};

const start = (env: NodeJS.ProcessEnv): ChildProcess => {
  const child = fork(MAIN, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('error', () => undefined); // a failed kill or send; its end is what counts
  if (child.pid !== undefined) lower(child.pid);
  return child;
};

const lower = (pid: number): void => {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // it ended at once, which `exit` tells
  }
};
