import { join } from 'node:path';
import { collectDefaultMetrics, register } from 'prom-client';
import { assemble } from '../common/assemble.ts';
import { readConfig } from '../common/config.ts';
import { answerParent } from '../common/runtime/family.ts';
import { logger } from '../common/runtime/logger.ts';
import { metrics } from '../common/runtime/metrics.ts';
import { observer } from '../common/runtime/observer.ts';
import { orExit } from '../common/runtime/or-exit.ts';
import { later, stopOn } from '../common/runtime/stopping.ts';
import { tidyWhenIdle } from '../common/runtime/tidy-when-idle.ts';
import { childProcessExtractor } from './extract/sandbox/extractor.ts';
import { runWorkers } from './run.ts';
import { stagesOf } from './stages-of.ts';
import { serveStatus } from './status-server.ts';

const LEAVE_AFTER_MS = 20_000;

await orExit(async () => {
  const stages = stagesOf(process.argv.slice(2));
  const config = readConfig(process.env);
  const observe = tidyWhenIdle(observer(logger(config.LOG_LEVEL), metrics(register)));
  const stopping = AbortSignal.any([stopOn('SIGTERM', 'SIGINT'), answerParent(register)]);
  await using opened = new AsyncDisposableStack();
  const home = opened.use(await assemble(config, observe));
  if (config.ASSISTANT_HOME === 'aws') {
    collectDefaultMetrics({ register });
    const status = opened.use(await serveStatus({ register, host: config.HOST, port: config.PORT }));
    console.log(`Listening on ${status.url}`);
  }
  const extractor = opened.use(childProcessExtractor({ folder: join(home.scratch, 'extract') }));
  const leaving = later(stopping, LEAVE_AFTER_MS);
  await runWorkers(stages, { ...home, ports: { ...home.ports, extractor }, observe, stopping, leaving });
});
