import { SQSClient } from '@aws-sdk/client-sqs';
import { sdkSettings } from '../aws/sdk-settings.ts';
import { startBridge } from './bridge.ts';
import { DYNAMODB_LOCAL, startDynamoDbLocal } from './dynamodb-local.ts';
import { ELASTICMQ, startElasticMq } from './elasticmq.ts';
import { MINIO, MINIO_CREDENTIALS, startMinio } from './minio.ts';
import { MOTO, startMoto } from './moto.ts';
import { OPENSEARCH, startOpenSearch } from './opensearch.ts';
import type { Server, Start } from './server.ts';
import { isGiven, needsOf, type ServerKind } from './server-kind.ts';
import { checkTools } from './tools.ts';

const REGION = 'us-east-1';
/** Those first that take longest to install. */
const KINDS: readonly ServerKind[] = [MINIO, MOTO, OPENSEARCH, DYNAMODB_LOCAL, ELASTICMQ];

export interface Servers extends AsyncDisposable {
  /** The environment for whoever uses them: the given one with addresses and credentials. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Installs what is missing and starts all servers but those that the environment names; they stop when disposed, or when
 * this process ends in whatever way. Throws `invalid` that names every missing tool before anything starts,
 * `unavailable` when a server cannot be installed or started, and the reason of `stopping` when that aborts.
 */
export const startServers = async (given: NodeJS.ProcessEnv, stopping: AbortSignal): Promise<Servers> => {
  const wanted = KINDS.filter((kind) => !isGiven(kind, given));
  await checkTools(await Promise.all(wanted.map((kind) => needsOf(kind, given))), given);
  const failed = new AbortController();
  const start: Start = { env: given, signal: AbortSignal.any([stopping, failed.signal]) };
  const all = async <T>(works: readonly Promise<T>[]): Promise<T[]> => {
    for (const work of works) work.catch((error) => failed.abort(error)); // the others give up
    await Promise.allSettled(works);
    start.signal.throwIfAborted();
    return Promise.all(works);
  };
  await all(wanted.map((kind) => kind.install(start)));

  await using stack = new AsyncDisposableStack();
  const use = async (kind: ServerKind, server: () => Promise<Server>): Promise<NodeJS.ProcessEnv> =>
    wanted.includes(kind) ? stack.use(await server()).env : {};
  const found = await all([
    use(OPENSEARCH, () => startOpenSearch(start)),
    use(DYNAMODB_LOCAL, () => startDynamoDbLocal(start)),
    use(MOTO, () => startMoto(start)),
    use(ELASTICMQ, () => startElasticMq(start)).then(async (queues) => ({
      ...queues,
      ...(await use(MINIO, () => startMinioWithBridge(environment(given, wanted, queues), start))),
    })),
  ]);
  const env = environment(given, wanted, Object.assign({}, ...found));
  const owned = stack.move();
  return { env, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

/** @param env where SQS is */
const startMinioWithBridge = async (env: NodeJS.ProcessEnv, start: Start): Promise<Server> => {
  await using stack = new AsyncDisposableStack();
  const sqs = stack.adopt(new SQSClient(sdkSettings(env, 'SQS')), (client) => client.destroy());
  const bridge = stack.use(await startBridge({ sqs, region: env['AWS_REGION'] || REGION }));
  const minio = stack.use(await startMinio(bridge.url, start));
  const owned = stack.move();
  return {
    url: minio.url,
    env: { ...minio.env, ASSISTANT_TEST_BRIDGE: bridge.url },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** MinIO takes its own credentials alone, so that those of a person are put aside for it. */
const environment = (
  given: NodeJS.ProcessEnv,
  wanted: readonly ServerKind[],
  found: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv => {
  const variables = wanted.flatMap((kind) => kind.variables);
  const kept = Object.entries(given).filter(([name, value]) => value && variables.includes(name));
  const isOurs = wanted.includes(MINIO) || !(given['AWS_ACCESS_KEY_ID'] || given['AWS_PROFILE']);
  return {
    ...given,
    AWS_REGION: given['AWS_REGION'] || REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(isOurs && OUR_CREDENTIALS),
    ...found,
    ...Object.fromEntries(kept),
  };
};

const OUR_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: MINIO_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: MINIO_CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
};
