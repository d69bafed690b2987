import { PutBucketNotificationConfigurationCommand, type S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import formats from '../../../common/formats.json' with { type: 'json' };

/** MinIO's name for the bridge of the test servers. */
const BRIDGE_ARN = 'arn:minio:sqs::SQS:webhook';

export interface BucketEvents {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** The address of the bridge, ASSISTANT_TEST_BRIDGE; absent where the service sends to queues by itself. */
  readonly bridge: string | undefined;
}

/** From now on originals that arrive in the bucket are told to the queue: a rule for each format, as deployed. */
export const sendBucketEvents = async ({ s3, bucket, sqs, queueUrl, bridge }: BucketEvents): Promise<void> => {
  if (bridge) await register(bridge, { bucket, queueUrl });
  const QueueArn = bridge ? BRIDGE_ARN : await arnOf(sqs, queueUrl);
  const QueueConfigurations = Object.keys(formats).map((extension) => ({
    Id: extension,
    QueueArn,
    Events: ['s3:ObjectCreated:*' as const],
    Filter: {
      Key: {
        FilterRules: [
          { Name: 'prefix' as const, Value: 'documents/' },
          { Name: 'suffix' as const, Value: `original.${extension}` },
        ],
      },
    },
  }));
  const NotificationConfiguration = { QueueConfigurations };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration }));
};

const register = async (bridge: string, route: { bucket: string; queueUrl: string }): Promise<void> => {
  const reply = await fetch(new URL('/routes', bridge), { method: 'POST', body: JSON.stringify(route) });
  await reply.body?.cancel();
  if (!reply.ok) throw new Error(`the bridge refused the route of ${route.bucket} (${reply.status})`);
};

const arnOf = async (sqs: SQSClient, QueueUrl: string): Promise<string> => {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return Attributes?.QueueArn ?? '';
};
