import { z } from 'zod';

const MinioRecord = z.object({
  eventTime: z.string(),
  eventName: z.string().startsWith('s3:'),
  userIdentity: z.object({ principalId: z.string() }),
  requestParameters: z.object({ sourceIPAddress: z.string() }),
  s3: z.object({
    configurationId: z.string(),
    bucket: z.object({ name: z.string(), arn: z.string(), ownerIdentity: z.object({ principalId: z.string() }) }),
    object: z.object({
      key: z.string(),
      size: z.number().optional(),
      eTag: z.string().optional(),
      versionId: z.string().optional(),
      sequencer: z.string(),
    }),
  }),
});
const MinioEvent = z.object({ Records: z.array(MinioRecord).min(1) });

export interface BucketEvent {
  readonly bucket: string;
  /** The message as S3 puts it on a queue. */
  readonly body: string;
}

/**
 * What S3 would have sent for what MinIO posts to a webhook: MinIO begins event names with `s3:`, calls itself the
 * source, knows no region and encodes the slashes of keys; it adds fields that S3 does not send, which are left out.
 * Throws a ZodError for anything else.
 */
export const s3EventOf = (posted: unknown, awsRegion: string): BucketEvent[] =>
  MinioEvent.parse(posted).Records.map(({ eventName, s3, ...record }) => ({
    bucket: s3.bucket.name,
    body: JSON.stringify({
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion,
          ...record,
          eventName: eventName.slice('s3:'.length),
          s3: {
            s3SchemaVersion: '1.0',
            ...s3,
            object: { ...s3.object, key: s3.object.key.replaceAll('%2F', '/') },
          },
        },
      ],
    }),
  }));
