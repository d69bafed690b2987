import { parseArgs } from 'node:util';
import { Registry } from 'prom-client';
import { assemble } from '../../common/assemble.ts';
import { readConfig } from '../../common/config.ts';
import { AppError } from '../../common/domain/errors.ts';
import { logger } from '../../common/runtime/logger.ts';
import { metrics } from '../../common/runtime/metrics.ts';
import { observer } from '../../common/runtime/observer.ts';
import { orExit } from '../../common/runtime/or-exit.ts';
import { runMaintenance, USAGE } from './commands.ts';

const argumentsOf = (args: string[]): { command: string | undefined; dryRun: boolean } => {
  try {
    const options = { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { command: values.help ? undefined : positionals[0], dryRun: values['dry-run'] === true };
  } catch (cause) {
    throw new AppError('invalid', `${(cause as Error).message}\n\n${USAGE}`, { cause });
  }
};

await orExit(async () => {
  const { command, dryRun } = argumentsOf(process.argv.slice(2));
  if (command === undefined) return console.log(USAGE);
  const config = readConfig(process.env);
  await using home = await assemble(config, observer(logger(config.LOG_LEVEL), metrics(new Registry())));
  console.log(JSON.stringify({ command, dryRun, ...(await runMaintenance(command, home, { dryRun })) }));
});
