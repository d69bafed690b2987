import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GUARD = join(import.meta.dirname, 'guard.sh');
const GRACE_MS = 10_000;
const TENTH_MS = 100;
const TAIL_BYTES = 4_096;
const TAIL_LINES = 20;
const KILLED = 137;

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of this process; undefined takes away. */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /** Whom to run as; absent: as this process. */
  readonly user?: number | undefined;
  /** Between SIGTERM and SIGKILL; 10 s when absent. */
  readonly graceMs?: number;
  /** Where its faults are written; absent: to its log. */
  readonly errors?: 'log' | 'inherit';
}

export interface Guarded extends AsyncDisposable {
  /** The exit code; 128 and the signal's number when it was killed. */
  readonly ended: Promise<number>;
  hasEnded(): boolean;
  /** The last lines that it wrote. */
  tail(): Promise<string>;
}

/** A folder for one run of a command, in the system's temporary folder; the command's guard removes it. */
export const runFolder = async (user?: number): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'assistant-server-'));
  if (user !== undefined) await chown(folder, user, user);
  return folder;
};

/**
 * Starts a command with `folder`, where its log goes, as its working directory. It is stopped when disposed, and by its
 * guard when this process ends in whatever way, kill -9 included; the folder goes with it.
 */
export const startGuarded = async (folder: string, options: Command): Promise<Guarded> => {
  const { command, args, env = {}, user, graceMs = GRACE_MS, errors = 'log' } = options;
  const log = await open(join(folder, 'log'), 'a+'); // readable to the end, also when the folder is gone
  const guard = await readFile(GUARD, 'utf8'); // handed over as text: the user may not enter the folder it lies in
  const child = spawn('sh', ['-c', guard, 'guard', folder, String(Math.ceil(graceMs / TENTH_MS)), command, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['pipe', log.fd, errors === 'log' ? log.fd : errors],
    detached: true, // Ctrl-C reaches this process alone, which stops all in order
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  child.stdin?.on('error', () => undefined); // it ended before its input was closed
  let over = false;
  const ended = once(child, 'exit').then(([code]) => {
    over = true;
    return code === null ? KILLED : Number(code);
  });
  ended.catch(() => undefined); // told to whoever awaits it
  return {
    ended,
    hasEnded: () => over,
    async tail() {
      const { size } = await log.stat();
      const from = Math.max(0, size - TAIL_BYTES);
      const { buffer } = await log.read(Buffer.alloc(size - from), 0, size - from, from);
      return buffer.toString().trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
    },
    async [Symbol.asyncDispose]() {
      child.stdin?.end();
      await ended;
      await log.close();
    },
  };
};
