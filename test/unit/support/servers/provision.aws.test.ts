import assert from 'node:assert/strict';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { openQueues } from '../../../../common/adapters/aws/sqs/queues.ts';
import { sqsClient } from '../../../../common/adapters/aws/sqs/sqs-client.ts';
import { readConfig } from '../../../../common/config.ts';
import pipeline from '../../../../common/pipeline.json' with { type: 'json' };
import { provision } from '../../../support/aws/provision.ts';
import { sdkSettings } from '../../../support/aws/sdk-settings.ts';

describe('what is made for an aws home', () => {
  it('is all that its settings ask for, and another set each time', async () => {
    const [one, other] = await Promise.all([provision(process.env), provision(process.env)]);
    assert.equal(readConfig(one).ASSISTANT_HOME, 'aws');
    for (const name of [
      'DOCUMENTS_BUCKET',
      'STATE_TABLE',
      'QUEUE_PREFIX',
      'OPENSEARCH_INDEX',
      'COGNITO_USER_POOL_ID',
    ]) {
      assert.notEqual(one[name], other[name], name);
    }
    const reply = await fetch(String(one['COGNITO_JWKS_URL']));
    assert.equal(((await reply.json()) as { keys: unknown[] }).keys.length, 1);
  });

  it('has queues that bury only after the shell would have', async () => {
    using sqs = disposable(sqsClient());
    const { QUEUE_PREFIX = '' } = await provision(process.env, { visibilitySeconds: 7 });
    const { extract } = await openQueues(sqs.client, QUEUE_PREFIX);
    const asked = new GetQueueAttributesCommand({ QueueUrl: extract.url, AttributeNames: ['All'] });
    const { Attributes = {} } = await sqs.client.send(asked);
    assert.equal(Attributes['VisibilityTimeout'], '7');
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(Attributes['RedrivePolicy'] ?? '{}');
    assert.equal(deadLetterTargetArn, extract.deadLetters.arn);
    assert.ok(Number(maxReceiveCount) > pipeline.extract.attempts);
  });

  it('tells the extract queue of an original that arrives encrypted', async () => {
    using sqs = disposable(sqsClient());
    using s3 = disposable(new S3Client(sdkSettings(process.env, 'S3')));
    const { DOCUMENTS_BUCKET: Bucket, QUEUE_PREFIX = '' } = await provision(process.env);
    const Key = 'documents/user/document/1/original.txt';
    await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'text', ServerSideEncryption: 'AES256' }));
    const { extract } = await openQueues(sqs.client, QUEUE_PREFIX);
    const { Messages = [] } = await sqs.client.send(
      new ReceiveMessageCommand({ QueueUrl: extract.url, WaitTimeSeconds: 10 }),
    );
    assert.equal(JSON.parse(Messages[0]?.Body ?? '{}').Records[0].s3.object.key, Key);
  });
});

const disposable = <Client extends { destroy(): void }>(client: Client) => ({
  client,
  [Symbol.dispose]: () => client.destroy(),
});
