import { chown, copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../common/domain/errors.ts';
import { runFolder } from './guarded.ts';
import { installOnce, sharedCacheFolder } from './install.ts';
import { findJava } from './java.ts';
import { MAVEN, MAVEN_LOCK, pom } from './maven.ts';
import { layOut } from './opensearch-modules.ts';
import { runTool } from './run-tool.ts';
import { answers, type Server, type Start, startServer } from './server.ts';
import type { ServerKind } from './server-kind.ts';

const VERSION = '3.6.0';
const HEAP = '1g';
const NOBODY = 65_534;
const OTHERS_ENTER = 0o001;

/** It refuses to run as root. */
const user = (): number | undefined => (process.getuid?.() === 0 ? NOBODY : undefined);

/** OpenSearch with k-NN, of the libraries that its archive is made of. */
export const OPENSEARCH: ServerKind = {
  name: 'OpenSearch',
  variables: ['OPENSEARCH_URL'],
  toInstall: ['mvn'],
  toRun: ['java21'],
  folder: (env) => ({ cache: sharedCacheFolder(env), name: `opensearch-${VERSION}` }),
  install: ({ env, signal }) =>
    installOnce({
      ...OPENSEARCH.folder(env),
      lock: MAVEN_LOCK,
      signal,
      async build(folder) {
        const settings = [`-Dserver.version=${VERSION}`, `-Dserver.folder=${folder}`];
        const args = [...MAVEN, '-f', pom('opensearch'), ...settings, 'package'];
        await runTool({ what: `Installing OpenSearch ${VERSION}`, command: 'mvn', args, signal });
        await layOut(folder, VERSION);
      },
    }),
};

/**
 * Its k-NN has no native library here, so that vectors need the engine lucene; those of an index with `faiss` in its name
 * may have that engine, and are searched exactly, without a graph.
 */
export const startOpenSearch = async ({ env, signal }: Start): Promise<Server> => {
  const installed = await OPENSEARCH.install({ env, signal });
  if (user() !== undefined) await checkReadable(installed);
  const java = (await findJava(21, env, 'OPENSEARCH_JAVA_HOME')) ?? 'java';
  await using stack = new AsyncDisposableStack();
  const server = await startServer({
    name: OPENSEARCH.name,
    signal,
    folder: preparedFolder,
    command: (_, folder) => ({ command: java, args: javaArguments(installed, folder), user: user() }),
    ready: async (_, folder) => {
      const port = await readFile(join(folder, 'logs', 'http.ports'), 'utf8').catch(() => undefined);
      if (port === undefined) return undefined;
      return answers(`http://${port.split('\n')[0]}`, HEALTH, (status) => status === 200);
    },
  });
  stack.use(server);
  await letFaissBe(server.url);
  const owned = stack.move();
  return {
    url: server.url,
    env: { OPENSEARCH_URL: server.url, OPENSEARCH_ENGINE: 'lucene', OPENSEARCH_SERVICE: 'none' },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** A graph of faiss would end the process at the first refresh: never make one. */
const letFaissBe = async (url: string): Promise<void> => {
  const template = { settings: { 'index.knn.advanced.approximate_threshold': -1 } };
  const reply = await fetch(`${url}/_index_template/faiss`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ index_patterns: ['*faiss*'], template }),
  });
  await reply.body?.cancel();
  if (!reply.ok) throw new AppError('unavailable', `OpenSearch refused an index template (${reply.status}).`);
};

const HEALTH = '/_cluster/health?wait_for_status=yellow&timeout=3s';

const javaArguments = (installed: string, folder: string): string[] => [
  ...[`-Xms${HEAP}`, `-Xmx${HEAP}`, '-XX:+UseSerialGC'],
  '-XX:TieredStopAtLevel=1', // ready soonest; slower than full speed only after minutes
  ...['-Xlog:disable', '--enable-native-access=ALL-UNNAMED'],
  ...['-Dlog4j.shutdownHookEnabled=false', '-Dlog4j2.disable.jmx=true', `-Djava.io.tmpdir=${join(folder, 'tmp')}`],
  ...[`-Dopensearch.path.home=${installed}`, `-Dopensearch.path.conf=${join(folder, 'config')}`],
  '-Dopensearch.distribution.type=tar',
  ...['-cp', join(installed, 'lib', '*'), 'org.opensearch.bootstrap.OpenSearch'],
  ...[`-Epath.data=${join(folder, 'data')}`, `-Epath.logs=${join(folder, 'logs')}`],
];

const preparedFolder = async (): Promise<string> => {
  const folder = await runFolder(user());
  for (const name of ['config', 'data', 'logs', 'tmp']) {
    await mkdir(join(folder, name));
    if (user() !== undefined) await chown(join(folder, name), NOBODY, NOBODY);
  }
  await copyFile(join(import.meta.dirname, 'opensearch.yml'), join(folder, 'config', 'opensearch.yml'));
  await copyFile(
    join(import.meta.dirname, 'opensearch.log4j2.properties'),
    join(folder, 'config', 'log4j2.properties'),
  );
  return folder;
};

const checkReadable = async (folder: string): Promise<void> => {
  for (let above = folder; above !== dirname(above); above = dirname(above)) {
    if (((await stat(above)).mode & OTHERS_ENTER) !== 0) continue;
    const reason = `${OPENSEARCH.name} does not run as root, and another user cannot enter ${above}`;
    throw new AppError('invalid', `${reason}: choose an open folder with ASSISTANT_TEST_SERVERS.`);
  }
};
