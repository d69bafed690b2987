import { join } from 'node:path';
import { runFolder } from './guarded.ts';
import { cacheFolder } from './install.ts';
import { findJava } from './java.ts';
import { installJars } from './maven.ts';
import { answers, type Server, type Start, startServer } from './server.ts';
import type { ServerKind } from './server-kind.ts';

const VERSION = '1.7.1';
const CONFIG = join(import.meta.dirname, 'elasticmq.conf');

export const ELASTICMQ: ServerKind = {
  name: 'ElasticMQ',
  variables: ['AWS_ENDPOINT_URL_SQS'],
  toInstall: ['mvn'],
  toRun: ['java17'],
  folder: (env) => ({ cache: cacheFolder(env), name: `elasticmq-${VERSION}` }),
  install: (start) => installJars({ place: ELASTICMQ.folder(start.env), name: 'elasticmq', version: VERSION }, start),
};

/** SQS, with its limits as strict as there. */
export const startElasticMq = async ({ env, signal }: Start): Promise<Server> => {
  const jars = await ELASTICMQ.install({ env, signal });
  const java = (await findJava(17, env)) ?? 'java';
  const server = await startServer({
    name: ELASTICMQ.name,
    signal,
    folder: runFolder,
    command: (port) => ({
      command: java,
      args: [
        '-Xmx256m',
        '-XX:+UseSerialGC',
        ...[`-Dconfig.file=${CONFIG}`, `-Drest-sqs.bind-port=${port}`, `-Dnode-address.port=${port}`],
        ...['-cp', join(jars, '*'), 'org.elasticmq.server.Main'],
      ],
    }),
    ready: (port) => answers(`http://127.0.0.1:${port}`, '/?Action=ListQueues', (status) => status === 200),
  });
  return { ...server, env: { AWS_ENDPOINT_URL_SQS: server.url } };
};
