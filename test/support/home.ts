import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble, type OpenHome } from '../../common/assemble.ts';
import { type Config, readConfig } from '../../common/config.ts';
import { STAGE_NAMES } from '../../common/domain/stage-name.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { Sight } from '../../common/runtime/sight.ts';
import { childProcessExtractor } from '../../workers/extract/sandbox/extractor.ts';
import { runWorkers } from '../../workers/run.ts';
import { temporaryFolder } from './temporary.ts';

export interface TemporaryHome extends OpenHome {
  readonly config: Config;
  /** DATA_DIR. */
  readonly folder: string;
  /** What its workers have observed. */
  readonly seen: Sight[];
}

/** Made once for all runs: it is keyed by its content. */
export const MODEL_DIR = join(tmpdir(), 'assistant-test-models');

/** The embedded home in a folder of its own; with `workers`, all stages run in this process; `around` puts faults between. */
export const temporaryHome = async ({
  workers = false,
  env = {},
  around = (ports: Ports) => ports,
} = {}): Promise<TemporaryHome> => {
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
  const assembled = stack.use(await assemble(config, () => undefined));
  const home = { ...assembled, ports: around(assembled.ports) };
  const seen: Sight[] = [];
  if (workers) await startWorkers(home, { stack, seen });
  const owned = stack.move();
  return { ...home, config, folder, seen, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const startWorkers = async (
  home: Pick<OpenHome, 'ports' | 'scratch' | 'upkeep'>,
  { stack, seen }: { stack: AsyncDisposableStack; seen: Sight[] },
) => {
  const extractor = stack.use(childProcessExtractor({ folder: join(home.scratch, 'extract') }));
  const stop = new AbortController();
  const running = runWorkers(STAGE_NAMES, {
    ports: { ...home.ports, extractor },
    upkeep: home.upkeep,
    observe: (sight) => void seen.push(sight),
    stopping: stop.signal,
    leaving: stop.signal,
  });
  stack.defer(async () => {
    stop.abort();
    await running;
  });
};
