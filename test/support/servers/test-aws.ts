import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { orphaned } from '../../../deploy/orphaned.ts';
import { mochaArguments } from './mocha-arguments.ts';
import { startServers } from './start-servers.ts';
import { tell } from './tell.ts';
import { untilStopped } from './until-stopped.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const MOCHA = join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js');

/** Runs the tests that need servers, on servers of their own; arguments are mocha's. */
await untilStopped([orphaned()], async (stopping) => {
  const started = performance.now();
  tell('Starting the test servers...');
  await using servers = await startServers(process.env, stopping);
  tell(`The test servers run (${((performance.now() - started) / 1_000).toFixed(1)} s).`);
  const mocha = spawn(process.execPath, [MOCHA, ...mochaArguments(process.argv.slice(2))], {
    cwd: ROOT,
    env: servers.env,
    stdio: 'inherit',
  });
  const stop = () => mocha.kill('SIGTERM');
  stopping.addEventListener('abort', stop, { once: true });
  const [code] = await once(mocha, 'exit');
  process.exitCode = code ?? 1;
});
