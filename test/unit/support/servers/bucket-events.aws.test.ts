import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sendBucketEvents } from '../../../support/aws/bucket-events.ts';
import { sdkSettings } from '../../../support/aws/sdk-settings.ts';
import { temporaryBucket } from '../../../support/aws/temporary-bucket.ts';

const temporaryQueue = async () => {
  const sqs = new SQSClient(sdkSettings(process.env, 'SQS'));
  const { QueueUrl: queueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `test-${randomUUID()}` }));
  return {
    sqs,
    queueUrl,
    async nextMessage(): Promise<Message | undefined> {
      const poll = new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 5 });
      return (await sqs.send(poll)).Messages?.[0];
    },
    async [Symbol.asyncDispose]() {
      await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
      sqs.destroy();
    },
  };
};

const bucketWithQueue = async () => {
  await using stack = new AsyncDisposableStack();
  const { client: s3, bucket } = stack.use(await temporaryBucket());
  const queue = stack.use(await temporaryQueue());
  await sendBucketEvents({ s3, bucket, ...queue, bridge: process.env['ASSISTANT_TEST_BRIDGE'] });
  const owned = stack.move();
  return { ...queue, s3, bucket, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

describe('events of a bucket', () => {
  it('tell the queue of an original, as S3 tells it', async () => {
    await using place = await bucketWithQueue();
    const { s3, bucket } = place;
    const Key = 'documents/user/document/1/original.pdf';
    const { VersionId, ETag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'four' }));
    const [record] = JSON.parse((await place.nextMessage())?.Body ?? '{}').Records;
    assert.equal(record.eventSource, 'aws:s3');
    assert.equal(record.eventName, 'ObjectCreated:Put');
    assert.equal(record.awsRegion, process.env['AWS_REGION']);
    assert.equal(record.s3.bucket.name, bucket);
    assert.match(record.s3.object.sequencer, /^[0-9A-F]+$/);
    const { key, size, versionId, eTag } = record.s3.object;
    assert.deepEqual(
      { key, size, versionId, eTag },
      { key: Key, size: 4, versionId: VersionId, eTag: ETag?.replaceAll('"', '') },
    );
  });

  it('write keys as forms do, with their slashes', async () => {
    await using place = await bucketWithQueue();
    const Key = 'documents/a user/zoë+co/original.txt';
    await place.s3.send(new PutObjectCommand({ Bucket: place.bucket, Key, Body: 'text' }));
    const [record] = JSON.parse((await place.nextMessage())?.Body ?? '{}').Records;
    assert.equal(record.s3.object.key, 'documents/a+user/zo%C3%AB%2Bco/original.txt');
  });

  it('go to each bucket’s own queue, and never for what the pipeline writes', async () => {
    await using one = await bucketWithQueue();
    await using other = await bucketWithQueue();
    const put = (place: typeof one, Key: string) =>
      place.s3.send(new PutObjectCommand({ Bucket: place.bucket, Key, Body: 'text' }));
    await put(one, 'documents/user/document/1/extracted-text.txt');
    await put(one, 'processed/user/document/1/metadata.json');
    await put(one, 'documents/user/document/1/original.md');
    await put(other, 'documents/user/document/2/original.md');
    const keyOf = (message?: Message) => JSON.parse(message?.Body ?? '{}').Records[0].s3.object.key;
    assert.equal(keyOf(await other.nextMessage()), 'documents/user/document/2/original.md');
    assert.equal(keyOf(await one.nextMessage()), 'documents/user/document/1/original.md');
  });
});
