import { Writable } from 'node:stream';
import { run, type World } from '../../../../../api/cli/run.ts';

const silent = () => new Writable({ write: (_piece, _encoding, done) => done() });

/** What a command line comes to within this process: with a token, and nobody at the terminal, unless told otherwise. */
export const ran = async (args: readonly string[], world: Partial<World> = {}) => {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exit = await run(args, {
    env: { ASSISTANT_TOKEN: 'token' },
    platform: 'linux',
    home: '/nowhere',
    cwd: '/',
    stdout: { write: (text) => void stdout.push(text) },
    stderr: { write: (text) => void stderr.push(text) },
    progress: silent(),
    prompt: undefined,
    readInput: async () => '',
    signal: new AbortController().signal,
    ...world,
  });
  return { exit, stdout: stdout.join(''), stderr: stderr.join('') };
};
