import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, DeleteBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../../common/adapters/aws/clients.ts';
import { removeObjects } from '../../../common/adapters/aws/s3/remove-objects.ts';

export interface TemporaryBucket extends AsyncDisposable {
  readonly client: S3Client;
  readonly bucket: string;
}

/** A bucket for one test alone, gone with all that is in it when disposed; versioned, as the real one is. */
export const temporaryBucket = async ({ versioned = true } = {}): Promise<TemporaryBucket> => {
  const client = new S3Client(clientSettings());
  const bucket = `test-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const enabled = { Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' as const } };
  if (versioned) await client.send(new PutBucketVersioningCommand(enabled));
  return {
    client,
    bucket,
    async [Symbol.asyncDispose]() {
      await removeObjects({ client, bucket }, '');
      await client.send(new DeleteBucketCommand({ Bucket: bucket }));
      client.destroy();
    },
  };
};
