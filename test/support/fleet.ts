import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { assemble, type Home } from '../../common/assemble.ts';
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

export interface Fleet extends AsyncDisposable {
  readonly folder: string;
  /** The same DATA_DIR, seen from the test. */
  readonly home: Home;
  /** The address of the API process that is started last. */
  api(): Promise<Member & { url: string }>;
  worker(...stages: StageName[]): Member;
  /** What `npm start` runs: the API, and a worker process of its own. */
  launcher(): Promise<Member & { url: string }>;
}

const ROOT = join(import.meta.dirname, '..', '..');

/** Real processes of the embedded home on one DATA_DIR; disposing kills them all. */
export const openFleet = async (env: Record<string, string> = {}): Promise<Fleet> => {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await temporaryFolder());
  const settings = { DATA_DIR: folder, MODEL_DIR, EMBED_THREADS: '1', PORT: '0', LOG_LEVEL: 'error', ...env };
  const home = stack.use(await assemble(readConfig(settings)));
  const members = stack.adopt(new Set<Member>(), async (all) => {
    for (const member of all) await member.kill();
  });
  const start = (main: string, args: readonly string[]): Member => {
    const child = spawn(process.execPath, [join(ROOT, main), ...args], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const member = memberOf(child);
    members.add(member);
    return member;
  };
  const owned = stack.move();
  return {
    folder,
    home,
    api: () => listening(start('api/main.ts', [])),
    launcher: () => listening(start('deploy/start.ts', [])),
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

const listening = async (member: Member) => ({ ...member, url: await addressOf(member.child) });

const addressOf = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('the API process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /(?:Listening on|ready at) (\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the process ended before it listened');
};

/** Waits until `condition` holds, asking often enough to act within one step of the pipeline. */
export const until = async (what: string, condition: () => Promise<boolean>, seconds = 60): Promise<void> => {
  const end = performance.now() + seconds * 1_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await sleep(5);
  }
};
