import { Registry } from 'prom-client';
import { assemble } from '../../common/assemble.ts';
import { readConfig } from '../../common/config.ts';
import { logger } from '../../common/runtime/logger.ts';
import { metrics } from '../../common/runtime/metrics.ts';
import { observer } from '../../common/runtime/observer.ts';
import { orExit } from '../../common/runtime/or-exit.ts';
import { runMaintenance, USAGE } from './commands.ts';

await orExit(async () => {
  const [command = '--help'] = process.argv.slice(2);
  if (command === '--help') return console.log(USAGE);
  const config = readConfig(process.env);
  await using home = await assemble(config, observer(logger(config.LOG_LEVEL), metrics(new Registry())));
  console.log(JSON.stringify(await runMaintenance(command, home)));
});
