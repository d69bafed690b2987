import { randomUUID } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { CreateTableCommand, DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { EXPIRES_AT, TABLES, type TableDefinition } from '../../../common/adapters/aws/dynamodb/tables.ts';
import { sendBucketEvents } from './bucket-events.ts';
import { makeQueues, type QueueSettings } from './make-queues.ts';
import { makeUserPool } from './make-user-pool.ts';
import { sdkSettings } from './sdk-settings.ts';

const COGNITO = 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER';
/** What the program is told of the services: where they are, and as whom to ask them. */
const PASSED_ON = /^(AWS_\w+|OPENSEARCH_(URL|ENGINE|SERVICE)|BUCKET_ENCRYPTION)$/;

/**
 * Makes all that one aws home needs but its index, which the program makes itself, and Bedrock: a bucket with its events,
 * tables, queues with their dead-letter queues, a user pool and its client. Each call makes a set of its own, which ends
 * with the servers. Throws the SDK's errors.
 * @param env with the addresses of the services
 * @returns the program's variables, those of the services among them
 */
export const provision = async (
  env: NodeJS.ProcessEnv,
  { visibilitySeconds }: Omit<QueueSettings, 'prefix'> = {},
): Promise<Record<string, string>> => {
  const name = `test-${randomUUID().slice(0, 13)}`;
  const services = { ...env, [COGNITO]: env['ASSISTANT_TEST_COGNITO'] || env[COGNITO] };
  await using stack = new AsyncDisposableStack();
  const use = <Client extends { destroy(): void }>(client: Client): Client =>
    stack.adopt(client, (opened) => opened.destroy());
  const s3 = use(new S3Client(sdkSettings(services, 'S3')));
  const sqs = use(new SQSClient(sdkSettings(services, 'SQS')));
  const dynamo = use(new DynamoDBClient(sdkSettings(services, 'DYNAMODB')));
  const cognito = use(new CognitoIdentityProviderClient(sdkSettings(services, 'COGNITO_IDENTITY_PROVIDER')));
  const [queues, pool, tables] = await Promise.all([
    makeQueues(sqs, { prefix: `${name}-`, visibilitySeconds }),
    makeUserPool(cognito, name),
    makeTables(dynamo, name),
    makeBucket(s3, name),
  ]);
  const bridge = env['ASSISTANT_TEST_BRIDGE'];
  await sendBucketEvents({ s3, bucket: name, sqs, queueUrl: queues.extract, bridge });
  return {
    ...passedOn(services),
    ASSISTANT_HOME: 'aws',
    DOCUMENTS_BUCKET: name,
    ...tables,
    QUEUE_PREFIX: `${name}-`,
    OPENSEARCH_INDEX: `${name}-chunks`,
    ...pool,
    ...keysOf(services[COGNITO] || env['AWS_ENDPOINT_URL'], pool.COGNITO_USER_POOL_ID),
  };
};

const passedOn = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => PASSED_ON.test(entry[0]) && Boolean(entry[1])),
  );

const keysOf = (cognito: string | undefined, pool: string): Record<string, string> =>
  cognito ? { COGNITO_JWKS_URL: `${cognito}/${pool}/.well-known/jwks.json` } : {};

const makeBucket = async (s3: S3Client, Bucket: string): Promise<void> => {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
};

const makeTables = async (dynamo: DynamoDBClient, name: string) => {
  const make = async (definition: TableDefinition, part: string): Promise<string> => {
    const { StreamSpecification: _unread, ...table } = definition;
    const TableName = `${name}-${part}`;
    await dynamo.send(new CreateTableCommand({ ...table, TableName }));
    return TableName;
  };
  const names = {
    USERS_TABLE: await make(TABLES.users, 'users'),
    DOCUMENTS_TABLE: await make(TABLES.documents, 'documents'),
    STATE_TABLE: await make(TABLES.state, 'state'),
    QUOTA_TABLE: await make(TABLES.quota, 'quota'),
  };
  const TimeToLiveSpecification = { AttributeName: EXPIRES_AT, Enabled: true };
  await dynamo.send(new UpdateTimeToLiveCommand({ TableName: names.STATE_TABLE, TimeToLiveSpecification }));
  return names;
};
