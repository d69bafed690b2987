import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
} from '@aws-sdk/client-s3';
import { AppError } from '../../../domain/errors.ts';
import { backoffMs } from '../../../runtime/backoff.ts';
import { decodedKey } from './decoded-key.ts';
import type { Place } from './place.ts';
import { throwS3 } from './s3-errors.ts';

/** Failures of single objects that pass by themselves. */
const PASSING = new Set(['InternalError', 'SlowDown', 'ServiceUnavailable', 'OperationAborted']);
const ATTEMPTS_MOST = 5;

interface Found {
  /** At most 1,000, which is also what one request deletes. */
  readonly versions: ObjectIdentifier[];
  /** How many of them can be read, being neither older versions nor marks of deletion. */
  readonly objects: number;
}

/**
 * Removes every version and mark of deletion of what begins with `prefix`, in versioned buckets and others.
 * @param takes which keys; absent: all
 * @returns how many objects there were
 */
export const removeObjects = async (
  place: Place,
  prefix: string,
  takes: (key: string) => boolean = () => true,
): Promise<number> => {
  let removed = 0;
  for await (const { versions, objects } of versionsUnder(place, prefix, takes)) {
    if (versions.length > 0) await remove(place, versions);
    removed += objects;
  }
  return removed;
};

async function* versionsUnder(
  { client, bucket }: Place,
  Prefix: string,
  takes: (key: string) => boolean,
): AsyncGenerator<Found> {
  let after: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (after !== undefined) {
    const asked = new ListObjectVersionsCommand({ Bucket: bucket, Prefix, EncodingType: 'url', ...after });
    const page: ListObjectVersionsCommandOutput = await client.send(asked).catch(throwS3(Prefix));
    const { Versions = [], DeleteMarkers = [] } = page;
    const taken = (entries: { Key?: string | undefined; VersionId?: string | undefined }[]): ObjectIdentifier[] =>
      entries.map(({ Key, VersionId }) => ({ Key: decodedKey(Key), VersionId })).filter(({ Key }) => takes(Key));
    yield {
      versions: [...taken(Versions), ...taken(DeleteMarkers)],
      objects: taken(Versions.filter(({ IsLatest }) => IsLatest)).length,
    };
    after = page.IsTruncated
      ? { KeyMarker: decodedKey(page.NextKeyMarker), VersionIdMarker: page.NextVersionIdMarker ?? '' }
      : undefined;
  }
}

/** S3 answers 200 also where it failed with some of them: those are tried again. */
const remove = async ({ client, bucket }: Place, versions: ObjectIdentifier[]): Promise<void> => {
  let left = versions;
  for (let tries = 1; ; tries += 1) {
    const asked = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: left, Quiet: true } });
    const { Errors = [] } = await client.send(asked).catch(throwS3(''));
    if (Errors.length === 0) return;
    const final = Errors.find(({ Code = '' }) => !PASSING.has(Code));
    if (final !== undefined) throw new Error(`S3 does not delete ${final.Key}: ${final.Code}, ${final.Message}`);
    if (tries === ATTEMPTS_MOST) throw new AppError('unavailable', 'S3 does not delete some objects. Try again later.');
    left = Errors.map(({ Key, VersionId }) => ({ Key, VersionId }));
    await sleep(backoffMs(tries));
  }
};
