import { once } from 'node:events';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { assemble } from '../common/assemble.ts';
import { readConfig } from '../common/config.ts';
import { homeMetrics } from '../common/runtime/home-metrics.ts';
import { logger } from '../common/runtime/logger.ts';
import { metrics } from '../common/runtime/metrics.ts';
import { observer } from '../common/runtime/observer.ts';
import { orExit } from '../common/runtime/or-exit.ts';
import { stopOn } from '../common/runtime/stopping.ts';
import { tidyWhenIdle } from '../common/runtime/tidy-when-idle.ts';
import { serve } from './serve.ts';

await orExit(async () => {
  const stopping = stopOn('SIGTERM', 'SIGINT');
  const config = readConfig(process.env);
  const register = new Registry();
  collectDefaultMetrics({ register });
  const observe = tidyWhenIdle(observer(logger(config.LOG_LEVEL), metrics(register)));
  await using home = await assemble(config, observe);
  homeMetrics(register, home.ports);
  await using served = await serve({ config, home, observe, readMetrics: () => register.metrics() });
  console.log(`Listening on ${served.url}`);
  if (!stopping.aborted) await once(stopping, 'abort');
});
