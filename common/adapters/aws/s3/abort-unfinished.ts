import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import { decodedKey } from './decoded-key.ts';
import type { Place } from './place.ts';
import { isNamed, s3ErrorOf, throwS3 } from './s3-errors.ts';

const GONE = new Set(['NoSuchUpload']);

/** Ends all uploads in parts below a folder, and frees what they hold. */
export const abortUnfinished = async (place: Place, Prefix: string): Promise<void> => {
  const { client, bucket: Bucket } = place;
  let after: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (after !== undefined) {
    const asked = new ListMultipartUploadsCommand({ Bucket, Prefix, EncodingType: 'url', ...after });
    const page: ListMultipartUploadsCommandOutput = await client.send(asked).catch(throwS3(Prefix));
    for (const { Key, UploadId } of page.Uploads ?? []) await abortUpload(place, decodedKey(Key), UploadId);
    after = page.IsTruncated
      ? { KeyMarker: decodedKey(page.NextKeyMarker), UploadIdMarker: page.NextUploadIdMarker ?? '' }
      : undefined;
  }
};

/** Succeeds where there is no such upload any more. */
export const abortUpload = async ({ client, bucket }: Place, key: string, UploadId?: string): Promise<void> => {
  try {
    await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId }));
  } catch (error) {
    if (!isNamed(error, GONE)) throw s3ErrorOf(error, key);
  }
};
