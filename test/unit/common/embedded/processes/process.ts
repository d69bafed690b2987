import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export interface Process extends AsyncDisposable {
  readonly child: ChildProcess;
  /** The next that it tells; an error when it ends instead. */
  heard(): Promise<unknown>;
  tell(message: string): void;
  /** Ends it, by default as a crash does; resolves when it is no more. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Another process of the same program; disposing ends it. */
export const startProcess = (script: URL, ...args: string[]): Process => {
  const child = fork(script, args, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const told: unknown[] = [];
  child.on('message', (message) => told.push(message));
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal);
    await exited;
  };
  return {
    child,
    async heard() {
      const ended = new AbortController();
      void exited.then(() => ended.abort());
      while (told.length === 0) await once(child, 'message', { signal: ended.signal });
      return told.shift();
    },
    tell: (message) => void child.send(message),
    kill,
    [Symbol.asyncDispose]: () => kill(),
  };
};
