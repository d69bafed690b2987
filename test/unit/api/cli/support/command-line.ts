import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { folderWith } from './folder.ts';

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface CommandLine extends AsyncDisposable {
  /** Where its logins are. */
  readonly configFolder: string;
  start(args: readonly string[], options?: { cwd?: string; input?: string }): Started;
  run(args: readonly string[], options?: { cwd?: string; input?: string }): Promise<Ended>;
  /** Makes an account, and stays logged in. */
  register(name: string): Promise<void>;
}

const MAIN = join(import.meta.dirname, '../../../../../api/cli/main.ts');
export const PASSWORD = 'correct horse battery staple';

/** The real program, against one server, with a configuration folder of its own. */
export const commandLine = async (server: string): Promise<CommandLine> => {
  const { path: configFolder, [Symbol.asyncDispose]: dispose } = await folderWith();
  const env = { PATH: process.env['PATH'], XDG_CONFIG_HOME: configFolder, ASSISTANT_URL: server };

  const start: CommandLine['start'] = (args, { cwd = configFolder, input = '' } = {}) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: 'pipe' });
    child.stdin.end(input);
    // A test may close the output early, as `head` does.
    const output = text(child.stdout).catch(() => '');
    const said = Promise.all([output, text(child.stderr), once(child, 'close')]);
    return { process: child, ended: said.then(([stdout, stderr, [exit]]) => ({ exit, stdout, stderr })) };
  };
  const run: CommandLine['run'] = (args, options) => start(args, options).ended;

  return {
    configFolder,
    start,
    run,
    async register(name) {
      const who = ['--email', `${name}@example.org`, '--first-name', name, '--last-name', 'Example'];
      const { exit, stderr } = await run(['login', '--register', '--password-stdin', ...who], { input: PASSWORD });
      if (exit !== 0) throw new Error(stderr);
    },
    [Symbol.asyncDispose]: dispose,
  };
};
