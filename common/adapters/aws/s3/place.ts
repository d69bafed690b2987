import type { S3Client } from '@aws-sdk/client-s3';

/** How objects lie in the storage; a server that encrypts nothing by itself may refuse either. */
export type Encryption =
  | { readonly algorithm: 'AES256' }
  /** @param keyId the key's id or ARN */
  | { readonly algorithm: 'aws:kms'; readonly keyId: string };

/** A bucket, and how to reach it. */
export interface Place {
  readonly client: S3Client;
  readonly bucket: string;
  /** Absent: what the bucket does by default. */
  readonly encryption?: Encryption | undefined;
}
