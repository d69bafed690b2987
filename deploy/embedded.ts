import { resolve } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { serve } from '../api/serve.ts';
import { assemble } from '../common/assemble.ts';
import { readConfig } from '../common/config.ts';
import { AppError } from '../common/domain/errors.ts';
import { familyMetrics } from '../common/runtime/family.ts';
import { homeMetrics } from '../common/runtime/home-metrics.ts';
import { logger } from '../common/runtime/logger.ts';
import { metrics } from '../common/runtime/metrics.ts';
import { observer } from '../common/runtime/observer.ts';
import { tidyWhenIdle } from '../common/runtime/tidy-when-idle.ts';
import { keepWorkerProcess, type WorkerProcess } from './worker-process.ts';

export interface Assistant extends AsyncDisposable {
  readonly url: string;
  /** DATA_DIR, as an absolute path. */
  readonly folder: string;
}

const OTHER_HOME =
  'npm start runs the embedded home. In the aws home, start `node api/main.ts` and `node workers/main.ts <stage>`.';

/**
 * Starts the embedded home: the API in this process, all stages in another. Disposing stops both in order.
 * Throws `invalid` for settings that cannot work, `unavailable` when the port is taken.
 */
export const startEmbedded = async (env: NodeJS.ProcessEnv): Promise<Assistant> => {
  await using opened = new AsyncDisposableStack();
  const config = readConfig(env);
  if (config.ASSISTANT_HOME !== 'embedded') throw new AppError('invalid', OTHER_HOME);
  const register = new Registry();
  collectDefaultMetrics({ register });
  const observe = tidyWhenIdle(observer(logger(config.LOG_LEVEL), metrics(register)));
  const home = opened.use(await assemble(config, observe));
  homeMetrics(register, home.ports);
  let workers: WorkerProcess | undefined;
  const readMetrics = () => familyMetrics(register, workers === undefined ? [] : [workers.current()]);
  const served = opened.use(await serve({ config, home, observe, readMetrics }));
  workers = opened.use(keepWorkerProcess(env, observe));
  const owned = opened.move();
  return { url: served.url, folder: resolve(config.DATA_DIR), [Symbol.asyncDispose]: () => owned.disposeAsync() };
};
