import { join } from 'node:path';
import { startCognitoFront } from '../aws/cognito-front.ts';
import { runFolder } from './guarded.ts';
import { cacheFolder, installOnce } from './install.ts';
import { runTool } from './run-tool.ts';
import { answers, type Server, type Start, startServer } from './server.ts';
import type { ServerKind } from './server-kind.ts';

const REQUIREMENTS = join(import.meta.dirname, 'moto-requirements.txt');

const python = (folder: string): string => join(folder, 'bin', 'python3');

export const MOTO: ServerKind = {
  name: 'moto',
  variables: ['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER', 'AWS_ENDPOINT_URL_CLOUDWATCH'],
  toInstall: ['python3'],
  toRun: ['python3'],
  folder: (env) => ({ cache: cacheFolder(env), name: 'moto-5.2.5' }),
  install: ({ env, signal }) =>
    installOnce({
      ...MOTO.folder(env),
      lock: 'moto',
      signal,
      async build(folder) {
        const what = 'Installing moto (about a minute)';
        await runTool({
          what: 'Making a Python environment',
          command: 'python3',
          args: ['-m', 'venv', folder],
          signal,
        });
        const args = ['-m', 'pip', 'install', '--quiet', '--no-input', '-r', REQUIREMENTS];
        await runTool({ what, command: python(folder), args, signal });
      },
    }),
};

/** Cognito, with a front that mends what it lacks, and CloudWatch. Run as a module: the scripts of an environment that was renamed point nowhere. */
export const startMoto = async ({ env, signal }: Start): Promise<Server> => {
  await using stack = new AsyncDisposableStack();
  const folder = await MOTO.install({ env, signal });
  const server = await startServer({
    name: MOTO.name,
    signal,
    folder: runFolder,
    command: (port) => ({
      command: python(folder),
      args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    }),
    ready: (port) => answers(`http://127.0.0.1:${port}`, '/moto-api/', (status) => status === 200),
  });
  stack.use(server);
  const front = stack.use(await startCognitoFront({ behind: server.url }));
  const owned = stack.move();
  return {
    url: server.url,
    env: {
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: server.url,
      AWS_ENDPOINT_URL_CLOUDWATCH: server.url,
      ASSISTANT_TEST_COGNITO: front.url,
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
