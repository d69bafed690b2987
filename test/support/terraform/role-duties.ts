import type { Asked } from './simulate.ts';

/** What was applied, as roles name it. */
export interface Applied {
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly poolArn: string;
  readonly collectionArn: string;
}

type Case = readonly [action: string, resource: string, context?: Readonly<Record<string, string>>];
interface Duties {
  readonly must: readonly Case[];
  readonly mustNot: readonly Case[];
}

/** By service: what it must be allowed to do, and what it must not. */
export const dutiesOf = (applied: Applied): Readonly<Record<string, Duties>> => {
  const { prefix, account, region, bucket, poolArn, collectionArn } = applied;
  const queue = (name: string) => `arn:aws:sqs:${region}:${account}:${prefix}-${name}`;
  const table = (name: string) => `arn:aws:dynamodb:${region}:${account}:table/${prefix}-${name}`;
  const object = (key: string) => `arn:aws:s3:::${bucket}/${key}`;
  const model = (id: string) => `arn:aws:bedrock:${region}::foundation-model/${id}`;
  const embedding = model('cohere.embed-v4:0');
  const answering = model('amazon.nova-lite-v1:0');
  const namespace = (name: string) => ({ 'cloudwatch:namespace': name });

  const quality = object('maintenance/data-quality.json');
  const original = object('documents/user/document/1/original.pdf');
  const elsewhere: readonly Case[] = [
    ['s3:GetObject', 'arn:aws:s3:::another-bucket/documents/user/document/1/original.pdf'],
    ['s3:PutBucketPolicy', `arn:aws:s3:::${bucket}`],
    ['s3:DeleteBucket', `arn:aws:s3:::${bucket}`],
    ['dynamodb:DeleteTable', table('documents')],
    ['dynamodb:GetItem', `arn:aws:dynamodb:${region}:${account}:table/another`],
    ['sqs:PurgeQueue', queue('extract')],
    ['sqs:SendMessage', `arn:aws:sqs:${region}:${account}:another`],
    ['iam:PassRole', `arn:aws:iam::${account}:role/${prefix}-api`],
    ['cognito-idp:AdminUpdateUserAttributes', poolArn],
    ['dynamodb:BatchWriteItem', table('documents')],
    ['dynamodb:Query', `${table('users')}/index/EmailIndex`],
  ];
  const together: readonly Case[] = [
    ['s3:GetObject', original],
    ['s3:PutObject', original],
    ['s3:DeleteObjectVersion', original],
    ['s3:ListBucket', `arn:aws:s3:::${bucket}`],
    ['s3:ListBucketVersions', `arn:aws:s3:::${bucket}`],
    ['dynamodb:UpdateItem', table('documents')],
    ['dynamodb:Query', `${table('documents')}/index/UserUploadDateIndex`],
    ['dynamodb:BatchGetItem', table('state')],
    ['dynamodb:BatchWriteItem', table('state')],
    ['dynamodb:Query', `${table('state')}/index/PendingIndex`],
    ['sqs:GetQueueUrl', queue('extract')],
    ['sqs:GetQueueAttributes', queue('index-dlq')],
    ['aoss:APIAccessAll', collectionArn],
    ['cloudwatch:GetMetricData', '*'],
  ];
  const worker = (stage: string, others: readonly string[]): Duties => ({
    must: [
      ...together,
      ['sqs:ReceiveMessage', queue(stage)],
      ['sqs:DeleteMessage', queue(stage)],
      ['sqs:ChangeMessageVisibility', queue(stage)],
      ['sqs:SendMessage', queue(`${stage}-dlq`)],
      ['sqs:SendMessage', queue('index')],
      ['s3:PutObject', object('processed/user/document/1/metadata.json')],
    ],
    mustNot: [
      ...elsewhere,
      ...others.map((other): Case => ['sqs:ReceiveMessage', queue(other)]),
      ['sqs:StartMessageMoveTask', queue(`${stage}-dlq`)],
      ['dynamodb:Scan', table('users')],
      ['bedrock:InvokeModelWithResponseStream', answering],
      ['cognito-idp:AdminSetUserPassword', poolArn],
      ['cloudwatch:PutMetricData', '*', namespace('AI-Assistant/DataQuality')],
      ['s3:GetObject', quality],
    ],
  });
  const extract = worker('extract', ['embed', 'index']);
  const embed = worker('embed', ['extract', 'index']);
  const index = worker('index', ['extract', 'embed']);

  return {
    api: {
      must: [
        ...together,
        ['bedrock:InvokeModel', embedding],
        ['bedrock:InvokeModel', answering],
        ['bedrock:InvokeModelWithResponseStream', answering],
        ['sqs:SendMessage', queue('extract')],
        ['sqs:StartMessageMoveTask', queue('embed-dlq')],
        ['sqs:ReceiveMessage', queue('embed-dlq')],
        ['cognito-idp:AdminInitiateAuth', poolArn],
        ['cognito-idp:AdminCreateUser', poolArn],
        ['dynamodb:PutItem', table('users')],
        ['dynamodb:GetItem', table('quota')],
        ['dynamodb:UpdateItem', table('quota')],
        ['s3:GetObject', quality],
      ],
      mustNot: [
        ...elsewhere,
        ['sqs:ReceiveMessage', queue('extract')],
        ['s3:GetObject', object('processed/user/document/1/embeddings.json')],
        ['s3:PutObject', quality],
        ['s3:GetObject', object('maintenance/restore-index/state.json')],
        ['dynamodb:DeleteItem', table('users')],
        ['cloudwatch:PutMetricData', '*', namespace('AI-Assistant/DataQuality')],
        ['dynamodb:Scan', table('users')],
        ['bedrock:InvokeModel', model('another.model-v1')],
        ['cognito-idp:AdminInitiateAuth', `${poolArn}-other`],
      ],
    },
    extract: {
      must: [...extract.must, ['sqs:SendMessage', queue('embed')], ['dynamodb:GetItem', table('users')]],
      mustNot: [
        ...extract.mustNot,
        ['dynamodb:PutItem', table('users')],
        ['bedrock:InvokeModel', embedding],
        ['dynamodb:UpdateItem', table('quota')],
      ],
    },
    embed: {
      must: [
        ...embed.must,
        ['bedrock:InvokeModel', embedding],
        ['dynamodb:GetItem', table('quota')],
        ['dynamodb:UpdateItem', table('quota')],
      ],
      mustNot: [
        ...embed.mustNot,
        ['dynamodb:GetItem', table('users')],
        ['bedrock:InvokeModel', answering],
        ['sqs:SendMessage', queue('extract')],
      ],
    },
    index: {
      must: [
        ...index.must,
        ['dynamodb:UpdateItem', table('users')],
        ['dynamodb:DeleteItem', table('users')],
        ['cognito-idp:AdminDeleteUser', poolArn],
        ['cognito-idp:AdminUserGlobalSignOut', poolArn],
        ['cognito-idp:ListUsers', poolArn],
      ],
      mustNot: [
        ...index.mustNot,
        ['dynamodb:PutItem', table('users')],
        ['dynamodb:UpdateItem', table('quota')],
        ['bedrock:InvokeModel', embedding],
        ['sqs:SendMessage', queue('extract')],
      ],
    },
    maintenance: {
      must: [
        ...together,
        ['dynamodb:Scan', table('users')],
        ['sqs:SendMessage', queue('extract')],
        ['sqs:SendMessage', queue('index')],
        ['s3:GetObject', object('processed/user/document/1/embeddings.json')],
        ['s3:GetObject', object('maintenance/restore-index/state.json')],
        ['s3:PutObject', object('maintenance/restore-index/state.json')],
        ['s3:DeleteObjectVersion', object('maintenance/restore-index/state.json')],
        ['s3:PutObject', quality],
        ['cloudwatch:PutMetricData', '*', namespace('AI-Assistant/DataQuality')],
      ],
      mustNot: [
        ...elsewhere,
        ['cloudwatch:PutMetricData', '*', namespace('Another')],
        ['dynamodb:GetItem', table('users')],
        ['dynamodb:UpdateItem', table('quota')],
        ['bedrock:InvokeModel', embedding],
        ['sqs:SendMessage', queue('embed')],
        ['sqs:ReceiveMessage', queue('index')],
        ['cognito-idp:AdminDeleteUser', poolArn],
      ],
    },
  };
};

/** A case as the simulation asks it. */
export const askedOf = (role: string, [action, resource, context = {}]: Case): Asked => ({
  role,
  action,
  resource,
  context,
});
