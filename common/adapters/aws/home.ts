import { join } from 'node:path';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { AwsConfig } from '../../config.ts';
import type { Home } from '../../ports/home.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Observe } from '../../runtime/sight.ts';
import { cachedQueries } from '../caching/cached-queries.ts';
import { cachedSearch } from '../caching/cached-search.ts';
import { cachedTokens } from '../caching/cached-tokens.ts';
import { cachedUsers } from '../caching/cached-users.ts';
import type { CacheOptions } from '../caching/looked-up.ts';
import { noReceiver } from '../no-receiver.ts';
import { openTemporaryFolder } from '../process/temporary-folder.ts';
import { bedrockClient } from './bedrock/client.ts';
import type { CallSeen } from './bedrock/embed-call.ts';
import { bedrockEmbedder } from './bedrock/embedder.ts';
import { bedrockGenerator } from './bedrock/generator.ts';
import { clientSettings } from './clients.ts';
import { cloudWatchMetricSink } from './cloudwatch/metric-sink.ts';
import { oldestMessage } from './cloudwatch/oldest-message.ts';
import { cognitoIdentity } from './cognito/cognito-identity.ts';
import { cognitoTokens } from './cognito/cognito-tokens.ts';
import { dynamoDocumentDirectory } from './dynamodb/document-directory.ts';
import { dynamoDocumentStore } from './dynamodb/document-store.ts';
import { dynamoProgressStore } from './dynamodb/progress-store.ts';
import { dynamoReceiptStore } from './dynamodb/receipt-store.ts';
import { dynamoUploadStore } from './dynamodb/upload-store.ts';
import { dynamoUserDirectory } from './dynamodb/user-directory.ts';
import { dynamoUserStore } from './dynamodb/user-store.ts';
import { dynamoVectorPointers } from './dynamodb/vector-pointers.ts';
import { openSearchIndex } from './opensearch/opensearch-index.ts';
import { openQuota } from './quota.ts';
import { s3BlobStore } from './s3/s3-blob-store.ts';
import { s3Uploads } from './s3/s3-uploads.ts';
import { encryptionOf, poolOf, providerLoginOf, s3SettingsOf, searchServerOf } from './settings.ts';
import { openQueues } from './sqs/queues.ts';
import { sqsClient } from './sqs/sqs-client.ts';
import { sqsDeadLetters } from './sqs/sqs-dead-letters.ts';
import { sqsJobQueue } from './sqs/sqs-job-queue.ts';
import { whenItAnswers } from './when-it-answers.ts';

/** Hosts whose clocks are some seconds apart, and a queue that guesses its counts. */
const GRACE_MS = 3_600_000;

/** AWS services, which any number of processes share. Throws `invalid` for settings that cannot work, `unavailable`. */
export const openAws = async (config: AwsConfig, opened: AsyncDisposableStack, observe: Observe): Promise<Home> => {
  const scratch = await openTemporaryFolder(join(config.SCRATCH_DIR, 'assistant'));
  const ports = await openPorts(config, opened, observe);
  return { ports, scratch, bucket: config.DOCUMENTS_BUCKET, storageAnnounces: true, upkeep: { graceMs: GRACE_MS } };
};

const openPorts = async (config: AwsConfig, opened: AsyncDisposableStack, observe: Observe): Promise<Ports> => {
  const use = <Client extends { destroy(): void }>(client: Client): Client =>
    opened.adopt(client, (open) => open.destroy());
  const caching: CacheOptions = { onLookup: (cache, hit) => observe({ name: 'cache.read', cache, hit }) };

  const bucket = config.DOCUMENTS_BUCKET;
  const place = { client: use(new S3Client(s3SettingsOf(config))), bucket, encryption: encryptionOf(config) };
  const dynamo = use(new DynamoDBClient(clientSettings()));
  const users = { client: dynamo, table: config.USERS_TABLE };
  const documents = { client: dynamo, table: config.DOCUMENTS_TABLE };
  const state = { client: dynamo, table: config.STATE_TABLE };
  const sqs = use(sqsClient());
  const queues = await whenItAnswers(() => openQueues(sqs, config.QUEUE_PREFIX));
  const cloudWatch = use(new CloudWatchClient(clientSettings()));
  const oldestSeconds = oldestMessage(cloudWatch);
  const cognito = use(new CognitoIdentityProviderClient(clientSettings()));
  const onCall = (call: CallSeen) => observe({ name: 'embedding.called', ...call });
  const { ledger, pacer } = openQuota(config, opened, observe);
  const bedrock = { client: use(bedrockClient()), model: config.EMBEDDING_MODEL };
  const embedder = opened.use(bedrockEmbedder({ ...bedrock, pacer, onCall }));
  const { model, dimension } = embedder;
  const { OPENSEARCH_INDEX, OPENSEARCH_ENGINE } = config;
  const server = { ...searchServerOf(config), index: OPENSEARCH_INDEX, engine: OPENSEARCH_ENGINE };
  const index = opened.use(await whenItAnswers(() => openSearchIndex({ ...server, model, dimension })));
  return {
    blobs: s3BlobStore(place),
    deadLetters: sqsDeadLetters({ client: sqs, queues }),
    directory: dynamoDocumentDirectory(documents),
    documents: dynamoDocumentStore(documents),
    embedder: cachedQueries(embedder, caching),
    generator: bedrockGenerator({ client: use(bedrockClient()), model: config.ANSWER_MODEL }),
    identity: cognitoIdentity({ ...poolOf(config), client: cognito }),
    index: cachedSearch(index, caching),
    logins: providerLoginOf(config),
    metrics: cloudWatchMetricSink({ client: cloudWatch, namespace: config.METRICS_NAMESPACE }),
    people: dynamoUserDirectory(users),
    pending: dynamoUploadStore(state),
    pointers: dynamoVectorPointers(state),
    progress: dynamoProgressStore(state),
    queue: sqsJobQueue({ client: sqs, queues, oldestSeconds }),
    quota: ledger,
    rebuild: index.rebuild,
    receipts: dynamoReceiptStore(state),
    receiver: noReceiver(),
    tokens: cachedTokens(cognitoTokens(poolOf(config)), caching),
    uploads: s3Uploads(place),
    users: cachedUsers(dynamoUserStore(users), caching),
  };
};
