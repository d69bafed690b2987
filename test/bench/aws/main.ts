import { startServers } from '../../support/servers/start-servers.ts';
import { untilStopped } from '../../support/servers/until-stopped.ts';
import { runBench } from '../run.ts';
import { SCENARIOS } from './scenarios.ts';

const file = new URL('../RESULTS-aws.md', import.meta.url);

await untilStopped([], async (stopping) => {
  await using servers = await startServers(process.env, stopping);
  Object.assign(process.env, servers.env); // where the SDK looks
  await runBench({ scenarios: SCENARIOS, script: 'bench:aws', file }, process.argv.slice(2));
});
