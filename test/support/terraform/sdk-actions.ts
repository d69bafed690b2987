import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ADAPTERS = join(import.meta.dirname, '..', '..', '..', 'common', 'adapters', 'aws');

/** A command of the SDK, by its client's package and its class: 'client-s3 GetObjectCommand'. */
export type SdkCommand = `${string} ${string}`;

/** Which service's actions a client asks for. */
const SERVICE: Readonly<Record<string, string>> = {
  'client-bedrock-runtime': 'bedrock',
  'client-cloudwatch': 'cloudwatch',
  'client-cognito-identity-provider': 'cognito-idp',
  'client-dynamodb': 'dynamodb',
  'client-s3': 's3',
  'client-sqs': 'sqs',
};

/** Where the action is not called as the command is. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  'client-bedrock-runtime ConverseCommand': ['bedrock:InvokeModel'],
  'client-bedrock-runtime ConverseStreamCommand': ['bedrock:InvokeModelWithResponseStream'],
  'client-s3 CompleteMultipartUploadCommand': ['s3:PutObject'],
  'client-s3 CreateMultipartUploadCommand': ['s3:PutObject'],
  'client-s3 DeleteObjectsCommand': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  'client-s3 HeadObjectCommand': ['s3:GetObject', 's3:ListBucket'],
  'client-s3 GetObjectCommand': ['s3:GetObject', 's3:ListBucket'],
  'client-s3 ListMultipartUploadsCommand': ['s3:ListBucketMultipartUploads'],
  'client-s3 ListObjectsV2Command': ['s3:ListBucket'],
  'client-s3 ListObjectVersionsCommand': ['s3:ListBucketVersions'],
  'client-s3 ListPartsCommand': ['s3:ListMultipartUploadParts'],
  'client-s3 UploadPartCommand': ['s3:PutObject'],
  'client-sqs ChangeMessageVisibilityBatchCommand': ['sqs:ChangeMessageVisibility'],
  'client-sqs DeleteMessageBatchCommand': ['sqs:DeleteMessage'],
  'client-sqs SendMessageBatchCommand': ['sqs:SendMessage'],
};

/** Whom Cognito lets in by the token that comes along, and not by a role. */
export const NEEDS_NO_ACTION: ReadonlySet<string> = new Set([
  'client-cognito-identity-provider GetTokensFromRefreshTokenCommand',
  'client-cognito-identity-provider RevokeTokenCommand',
]);

/** IAM's actions for a command. */
export const actionsOf = (command: SdkCommand): readonly string[] => {
  const [client = '', name = ''] = command.split(' ');
  const service = SERVICE[client];
  if (service === undefined) throw new Error(`Say in ${import.meta.filename} which service ${client} asks.`);
  return OTHERWISE[command] ?? [`${service}:${name.replace(/Command$/, '')}`];
};

/** Every command that the adapters import from an SDK client. */
export const usedCommands = (): SdkCommand[] => {
  const found = new Set<SdkCommand>();
  for (const file of globSync('**/*.ts', { cwd: ADAPTERS })) {
    const text = readFileSync(join(ADAPTERS, file), 'utf8');
    for (const [, names = '', client = ''] of text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/(client-[\w-]+)'/g)) {
      for (const [name] of names.matchAll(/\b\w+Command\b/g)) found.add(`${client} ${name}`);
    }
  }
  return [...found].sort();
};

/** IAM's actions for what the adapters ask of an OpenSearch domain, by HTTP: one a method. */
export const searchActions = (): string[] => {
  const found = new Set<string>();
  for (const file of globSync('opensearch/*.ts', { cwd: ADAPTERS })) {
    const text = readFileSync(join(ADAPTERS, file), 'utf8');
    for (const [, first = '', rest = ''] of text.matchAll(/\bmethod: '([A-Z])([A-Z]+)'/g)) {
      found.add(`es:ESHttp${first}${rest.toLowerCase()}`);
    }
  }
  return [...found].sort();
};
