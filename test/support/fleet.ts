import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { assemble, type OpenHome } from '../../common/assemble.ts';
import { readConfig } from '../../common/config.ts';
import type { StageName } from '../../common/domain/stage-name.ts';
import { MODEL_DIR } from './home.ts';
import { temporaryFolder } from './temporary.ts';

/** A process of ours that can be killed. */
export interface Member {
  readonly child: ChildProcess;
  /** SIGKILL, and waits for its end. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for its end; returns the exit code. */
  stop(): Promise<number | null>;
}

/** Real processes of one home; disposing kills them all. */
export interface Fleet extends AsyncDisposable {
  /** The same home, seen from the test. */
  readonly home: OpenHome;
  /** Another API process. */
  api(): Promise<Member & { url: string }>;
  worker(...stages: StageName[]): Member;
}

export interface EmbeddedFleet extends Fleet {
  readonly folder: string;
  /** What `npm start` runs: the API, and a worker process of its own. */
  launcher(): Promise<Member & { url: string }>;
}

const ROOT = join(import.meta.dirname, '..', '..');

/** Starts processes with one environment; all of them are killed with `stack`. */
export const membersOf = (env: Record<string, string>, stack: AsyncDisposableStack) => {
  const members = stack.adopt(new Set<Member>(), async (all) => {
    for (const member of all) await member.kill();
  });
  return (main: string, args: readonly string[] = []): Member => {
    const child = spawn(process.execPath, [join(ROOT, main), ...args], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const member = memberOf(child);
    members.add(member);
    return member;
  };
};

/** The embedded home, all processes on one DATA_DIR. */
export const openFleet = async (env: Record<string, string> = {}): Promise<EmbeddedFleet> => {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await temporaryFolder());
  const settings = { DATA_DIR: folder, MODEL_DIR, EMBED_THREADS: '1', PORT: '0', LOG_LEVEL: 'error', ...env };
  const home = stack.use(await assemble(readConfig(settings), () => undefined));
  const start = membersOf(settings, stack);
  const owned = stack.move();
  return {
    folder,
    home,
    api: () => listening(start('api/main.ts')),
    launcher: () => listening(start('deploy/start.ts')),
    worker: (...stages) => start('workers/main.ts', stages),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

const memberOf = (child: ChildProcess): Member => {
  const ended = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill('SIGCONT'); // a stopped process takes no SIGTERM
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return { child, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') };
};

/** Waits until a process says where it listens. */
export const listening = async (member: Member) => ({ ...member, url: await addressOf(member.child) });

const addressOf = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('the API process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /(?:Listening on|ready at) (\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the process ended before it listened');
};
