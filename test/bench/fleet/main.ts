import { startServers } from '../../support/servers/start-servers.ts';
import { untilStopped } from '../../support/servers/until-stopped.ts';
import { runBench } from '../run.ts';
import { SCENARIOS } from './scenarios.ts';

const file = new URL('../RESULTS-fleet.md', import.meta.url);

await untilStopped([], async (stopping) => {
  await using servers = await startServers(process.env, stopping);
  for (const [name, value] of Object.entries(servers.env)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value; // where the SDK looks
  }
  await runBench({ scenarios: SCENARIOS, script: 'bench:fleet', file }, process.argv.slice(2));
});
