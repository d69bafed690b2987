import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openClient } from '../api/cli/client/client.ts';
import { fileTokens } from '../api/cli/client/token-file.ts';
import { EXIT } from '../api/cli/exit.ts';
import { run, type World } from '../api/cli/run.ts';
import { AppError } from '../common/domain/errors.ts';
import { orExit } from '../common/runtime/or-exit.ts';
import { stopOn } from '../common/runtime/stopping.ts';
import { startEmbedded } from './embedded.ts';

const USAGE = `Usage: npm run demo [-- <files or folders...> [--ask "question"]...]

Starts the assistant on an empty folder, puts the files in (this repository when none are given), asks, prints the
answers with their citations, and leaves nothing behind.`;

const OWN_QUESTIONS = [
  'What happens when the disk is full?',
  'How do users share the queues fairly?',
  'What is removed when a document is deleted, and how is that checked?',
  'Which planet has the most moons?',
];
/** This repository, but for the folder of this file: it would only quote the questions. */
const OWN_PATHS = ['README.md', 'ARCHITECTURE.md', 'api', 'common', 'workers', 'test'].map((name) =>
  join(import.meta.dirname, '..', name),
);
const QUESTIONS_MOST = 3;
const ACCOUNT = ['--email', 'demo@localhost.invalid', '--first-name', 'Demo', '--last-name', 'User'];

const argumentsOf = (args: string[]): { paths: string[]; questions: string[]; help: boolean } => {
  try {
    const options = { ask: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { paths: positionals, questions: values.ask ?? [], help: values.help === true };
  } catch (cause) {
    throw new AppError('invalid', `${(cause as Error).message}\n\n${USAGE}`, { cause });
  }
};

/** The command line, as a person would use it, in this process. */
const worldOf = (server: string, folder: string, signal: AbortSignal): World => ({
  env: {
    ...process.env,
    npm_lifecycle_event: 'assistant',
    XDG_CONFIG_HOME: folder,
    ASSISTANT_URL: server,
    ASSISTANT_TOKEN: '',
  },
  platform: process.platform,
  home: folder,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  progress: process.stderr,
  prompt: undefined,
  readInput: async () => 'a password for an hour',
  signal,
});

/** Something to ask of documents that nobody said a word about: what they themselves speak of most. */
const questionsAbout = async (url: string, folder: string): Promise<string[]> => {
  await using client = openClient({ url, tokens: fileTokens(join(folder, 'assistant'), url) });
  const { items } = await client.list({ status: 'ready', limit: 20 });
  return items
    .filter(({ searchableContent }) => searchableContent.keywords.length > 1)
    .slice(0, QUESTIONS_MOST)
    .map(({ searchableContent: { keywords } }) => `What is said about ${keywords.slice(0, 3).join(', ')}?`);
};

await orExit(async () => {
  const { paths, questions, help } = argumentsOf(process.argv.slice(2));
  if (help) return console.log(USAGE);
  const signal = stopOn('SIGINT', 'SIGTERM');
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'assistant-demo-')), (path) =>
    rm(path, { recursive: true, force: true, maxRetries: 5 }),
  );
  const { url } = stack.use(
    await startEmbedded({
      LOG_LEVEL: 'error',
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'data'),
    }),
  );
  const world = worldOf(url, folder, signal);
  const say = async (args: readonly string[], fine: readonly number[]): Promise<void> => {
    console.log(`\n$ assistant ${args.map((word) => (/\s/.test(word) ? JSON.stringify(word) : word)).join(' ')}`);
    const code = await run(args, world);
    if (!fine.includes(code)) process.exitCode = code;
    signal.throwIfAborted();
  };
  await run(['login', '--register', '--password-stdin', ...ACCOUNT], world);
  await say(['add', ...(paths.length > 0 ? paths : OWN_PATHS)], [EXIT.done, EXIT.failed]);
  const asked = questions.length > 0 ? questions : paths.length > 0 ? await questionsAbout(url, folder) : OWN_QUESTIONS;
  for (const question of asked) await say(['ask', question], [EXIT.done, EXIT.nothing]);
});
