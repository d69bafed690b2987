import { type HeadObjectCommandOutput, RestoreObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../domain/errors.ts';
import type { Place } from './place.ts';
import { isNamed, s3ErrorOf } from './s3-errors.ts';

const ARCHIVES = new Set<string | undefined>(['GLACIER', 'DEEP_ARCHIVE']);
const NOT_READABLE = new Set(['InvalidObjectState']);
const ASKED_BEFORE = new Set(['RestoreAlreadyInProgress', 'ObjectAlreadyInActiveTierError']);

/** How long a restored copy stays readable. */
const DAYS_READABLE = 7;

export const isArchivedError = (error: unknown): boolean => isNamed(error, NOT_READABLE);

/** Whether an object lies in an archive, and no copy of it has been restored. */
export const isArchived = ({ StorageClass, Restore = '' }: HeadObjectCommandOutput): boolean =>
  ARCHIVES.has(StorageClass) && !Restore.includes('ongoing-request="false"');

/** Asks for an archived object's restore, unless that is under way. Returns what to tell the reader. */
export const restoreOf = async ({ client, bucket }: Place, key: string): Promise<unknown> => {
  const RestoreRequest = { Days: DAYS_READABLE, GlacierJobParameters: { Tier: 'Standard' as const } };
  try {
    await client.send(new RestoreObjectCommand({ Bucket: bucket, Key: key, RestoreRequest }));
  } catch (error) {
    if (!isNamed(error, ASKED_BEFORE)) return s3ErrorOf(error, key);
  }
  return new AppError('conflict', 'The file is archived. Its restore is asked for: try again in 12 hours.');
};
