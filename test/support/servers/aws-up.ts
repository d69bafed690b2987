import { AppError } from '../../../common/domain/errors.ts';
import { orphaned } from '../../../deploy/orphaned.ts';
import { provision } from '../aws/provision.ts';
import { startBedrockStub } from '../bedrock-stub/stub.ts';
import { startProgram } from './program.ts';
import { startServers } from './start-servers.ts';
import { tell } from './tell.ts';
import { untilStopped } from './until-stopped.ts';

/** The whole aws home on this machine, to try by hand: test servers, API, and a process with all stages. */
await untilStopped([orphaned()], async (stopping) => {
  tell('Starting the test servers...');
  await using servers = await startServers(process.env, stopping);
  await using bedrock = await startBedrockStub();
  const env = {
    ...servers.env,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: process.env['AWS_ENDPOINT_URL_BEDROCK_RUNTIME'] || bedrock.url,
    HOST: '127.0.0.1',
    ...(await provision(servers.env)),
  };
  tell('Starting the API and a worker...');
  await using worker = await startProgram('workers/main.ts', { env: { ...env, PORT: '0' }, signal: stopping });
  await using api = await startProgram('api/main.ts', { env, signal: stopping });
  console.log(
    `The aws home is ready at ${api.url}. Next, in another terminal: ASSISTANT_URL=${api.url} npm run assistant -- login`,
  );
  const told = new Promise<undefined>((resolve) => {
    stopping.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const dead = await Promise.race([told, api.ended.then(() => 'API'), worker.ended.then(() => 'worker')]);
  if (dead !== undefined) throw new AppError('unavailable', `The ${dead} ended by itself: see above.`);
  tell('Stopping...');
});
