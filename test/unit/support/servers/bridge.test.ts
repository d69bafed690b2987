import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { SQSClient } from '@aws-sdk/client-sqs';
import { listening } from '../../../support/listening.ts';
import { startBridge } from '../../../support/servers/bridge.ts';
import { s3EventOf } from '../../../support/servers/bridge-event.ts';

const posted = (bucket: string) => ({
  EventName: 's3:ObjectCreated:Put',
  Key: `${bucket}/documents/u/d/1/original.pdf`,
  Records: [
    {
      eventVersion: '2.0',
      eventSource: 'minio:s3',
      awsRegion: '',
      eventTime: '2026-11-22T18:00:00.000Z',
      eventName: 's3:ObjectCreated:Put',
      userIdentity: { principalId: 'minioadmin' },
      requestParameters: { principalId: 'minioadmin', region: '', sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': '1' },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'pdf',
        bucket: { name: bucket, ownerIdentity: { principalId: 'minioadmin' }, arn: `arn:aws:s3:::${bucket}` },
        object: {
          key: 'documents%2Fu%2Fd%2F1%2Foriginal.pdf',
          size: 4,
          eTag: 'e',
          contentType: 'application/pdf',
          userMetadata: { 'content-type': 'application/pdf' },
          versionId: 'v',
          sequencer: '18B2',
        },
      },
      source: { host: '127.0.0.1', port: '', userAgent: 'x' },
    },
  ],
});

/** A queue service that fails with each of these first, and keeps what it is sent then. */
const queueService = async (...failures: { status: number; type: string }[]) => {
  const sent: { QueueUrl: string; MessageBody: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    const failure = failures.shift();
    response.setHeader('Content-Type', 'application/x-amz-json-1.0');
    if (failure !== undefined) {
      const type = `com.amazonaws.sqs#${failure.type}`;
      return response.writeHead(failure.status).end(JSON.stringify({ __type: type, message: failure.type }));
    }
    sent.push(body);
    const MD5OfMessageBody = createHash('md5').update(body.MessageBody).digest('hex'); // which the SDK checks
    return response.end(JSON.stringify({ MessageId: '1', MD5OfMessageBody }));
  });
  return { ...(await listening(server)), sent };
};

const bridged = async (...failures: { status: number; type: string }[]) => {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(await queueService(...failures));
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const sqs = new SQSClient({ endpoint: service.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  stack.defer(() => sqs.destroy());
  const bridge = stack.use(await startBridge({ sqs, region: 'eu-west-1' }));
  const owned = stack.move();
  return { bridge, service, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const post = async (url: string, body: string): Promise<number> => {
  const reply = await fetch(url, { method: 'POST', body, headers: { Connection: 'close' } });
  await reply.body?.cancel();
  return reply.status;
};

describe('bridge from MinIO to SQS', () => {
  it('writes the event as S3 does', () => {
    const [event] = s3EventOf(posted('bucket'), 'eu-west-1');
    assert.equal(event?.bucket, 'bucket');
    assert.deepEqual(JSON.parse(event?.body ?? ''), {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'eu-west-1',
          eventTime: '2026-11-22T18:00:00.000Z',
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: 'minioadmin' },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'pdf',
            bucket: { name: 'bucket', ownerIdentity: { principalId: 'minioadmin' }, arn: 'arn:aws:s3:::bucket' },
            object: { key: 'documents/u/d/1/original.pdf', size: 4, eTag: 'e', versionId: 'v', sequencer: '18B2' },
          },
        },
      ],
    });
  });

  it('sends each bucket’s events to the queue that was named for it, and others nowhere', async () => {
    await using place = await bridged();
    const route = { bucket: 'one', queueUrl: `${place.service.url}/queue/one` };
    assert.equal(await post(new URL('/routes', place.bridge.url).href, JSON.stringify(route)), 204);
    assert.equal(await post(place.bridge.url, JSON.stringify(posted('one'))), 204);
    assert.equal(await post(place.bridge.url, JSON.stringify(posted('two'))), 204);
    assert.deepEqual(
      place.service.sent.map(({ QueueUrl }) => QueueUrl),
      [route.queueUrl],
    );
  });

  it('sends an event again that the queue did not take', async () => {
    await using place = await bridged({ status: 503, type: 'ServiceUnavailable' });
    place.bridge.route({ bucket: 'one', queueUrl: `${place.service.url}/queue/one` });
    assert.equal(await post(place.bridge.url, JSON.stringify(posted('one'))), 204);
    assert.equal(place.service.sent.length, 1);
  });

  it('forgets a queue that is gone', async () => {
    await using place = await bridged({ status: 400, type: 'QueueDoesNotExist' });
    place.bridge.route({ bucket: 'one', queueUrl: `${place.service.url}/queue/one` });
    for (const _ of [1, 2]) assert.equal(await post(place.bridge.url, JSON.stringify(posted('one'))), 204);
    assert.deepEqual(place.service.sent, []);
  });

  it('refuses what is no event', async () => {
    await using place = await bridged();
    assert.equal(await post(place.bridge.url, '{"Records":[]}'), 400);
    assert.equal(await post(place.bridge.url, 'no JSON'), 400);
  });
});
