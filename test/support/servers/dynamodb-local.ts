import { join } from 'node:path';
import { runFolder } from './guarded.ts';
import { cacheFolder } from './install.ts';
import { findJava } from './java.ts';
import { installJars } from './maven.ts';
import { answers, type Server, type Start, startServer } from './server.ts';
import type { ServerKind } from './server-kind.ts';

const VERSION = '3.1.0';

export const DYNAMODB_LOCAL: ServerKind = {
  name: 'DynamoDB Local',
  variables: ['AWS_ENDPOINT_URL_DYNAMODB'],
  toInstall: ['mvn'],
  toRun: ['java17'],
  folder: (env) => ({ cache: cacheFolder(env), name: `dynamodb-local-${VERSION}` }),
  install: (start) =>
    installJars({ place: DYNAMODB_LOCAL.folder(start.env), name: 'dynamodb-local', version: VERSION }, start),
};

/** Tables in memory, the same for all credentials and regions. */
export const startDynamoDbLocal = async ({ env, signal }: Start): Promise<Server> => {
  const jars = await DYNAMODB_LOCAL.install({ env, signal });
  const java = (await findJava(17, env)) ?? 'java';
  const server = await startServer({
    name: DYNAMODB_LOCAL.name,
    signal,
    folder: runFolder,
    command: (port) => ({
      command: java,
      args: [
        '-Xmx512m',
        '-XX:+UseSerialGC',
        `-Djava.library.path=${jars}`,
        ...['-cp', join(jars, '*'), 'software.amazon.dynamodb.services.local.main.ServerRunner'],
        ...['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)],
      ],
    }),
    ready: (port) => answers(`http://127.0.0.1:${port}`, '/', () => true),
  });
  return { ...server, env: { AWS_ENDPOINT_URL_DYNAMODB: server.url } };
};
