import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble, type Home } from '../../common/assemble.ts';
import { type Config, readConfig } from '../../common/config.ts';
import { STAGE_NAMES } from '../../common/domain/stage-name.ts';
import type { Sight } from '../../common/runtime/observer.ts';
import { childProcessExtractor } from '../../workers/extract/sandbox/extractor.ts';
import { runWorkers } from '../../workers/run.ts';

export interface TemporaryHome extends Home {
  readonly config: Config;
  /** DATA_DIR. */
  readonly folder: string;
  /** What its workers have observed. */
  readonly seen: Sight[];
}

/** Made once for all runs: it is keyed by its content. */
export const MODEL_DIR = join(tmpdir(), 'assistant-test-models');

export const temporaryFolder = async (): Promise<AsyncDisposable & { path: string }> => {
  const path = await mkdtemp(join(tmpdir(), 'assistant-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
};

/** The embedded home in a folder of its own; with `workers`, all stages run in this process. */
export const temporaryHome = async ({ workers = false, env = {} } = {}): Promise<TemporaryHome> => {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await temporaryFolder());
  const config = readConfig({
    DATA_DIR: folder,
    MODEL_DIR,
    EMBED_THREADS: '1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...env,
  });
  const home = stack.use(await assemble(config));
  const seen: Sight[] = [];
  if (workers) await startWorkers(home, { stack, seen });
  const owned = stack.move();
  return { ...home, config, folder, seen, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const startWorkers = async (home: Home, { stack, seen }: { stack: AsyncDisposableStack; seen: Sight[] }) => {
  const extractor = stack.use(childProcessExtractor({ folder: join(home.scratch, 'extract') }));
  const stop = new AbortController();
  const running = runWorkers(STAGE_NAMES, {
    ports: { ...home.ports, extractor },
    observe: (sight) => void seen.push(sight),
    stopping: stop.signal,
    leaving: stop.signal,
  });
  stack.defer(async () => {
    stop.abort();
    await running;
  });
};
