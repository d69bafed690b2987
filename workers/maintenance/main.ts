import { assemble } from '../../common/assemble.ts';
import { readConfig } from '../../common/config.ts';
import { orExit } from '../../common/runtime/or-exit.ts';
import { runMaintenance, USAGE } from './commands.ts';

await orExit(async () => {
  const [command = '--help'] = process.argv.slice(2);
  if (command === '--help') return console.log(USAGE);
  await using home = await assemble(readConfig(process.env));
  console.log(JSON.stringify(await runMaintenance(command, home.ports)));
});
