import { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../domain/errors.ts';
import type { Blob } from '../../../ports/blob-store.ts';
import { isArchivedError, restoreOf } from './archive.ts';
import { fileNameIn } from './object-settings.ts';
import type { Place } from './place.ts';
import { isNamed, s3ErrorOf } from './s3-errors.ts';

const PAST_THE_END = new Set(['InvalidRange']);

/** Without a byte for so long, while one is wanted, a connection is dead. */
const STALLED_MS = 30_000;

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** As BlobStore's `get`. Where it broke off the body throws `unavailable`: also where the checksum does not agree. */
export const readObject = async (place: Place, key: string, range?: Range): Promise<Blob> => {
  const asked = { Bucket: place.bucket, Key: key, ...(range && { Range: `bytes=${range.start}-${range.end - 1}` }) };
  try {
    const output = await place.client.send(new GetObjectCommand(asked));
    return { size: sizeOf(output), body: bodyOf(output), fileName: fileNameIn(output.Metadata) };
  } catch (error) {
    if (isArchivedError(error)) throw await restoreOf(place, key);
    if (isNamed(error, PAST_THE_END)) return { size: sizeIn(error), body: Readable.from([]) };
    throw s3ErrorOf(error, key);
  }
};

/** Of the whole object, also when a part was asked for. */
const sizeOf = ({ ContentRange, ContentLength = 0 }: GetObjectCommandOutput): number =>
  ContentRange === undefined ? ContentLength : Number(ContentRange.slice(ContentRange.lastIndexOf('/') + 1));

const sizeIn = (error: unknown): number =>
  Number((error as { ActualObjectSize?: string | number }).ActualObjectSize ?? 0);

const bodyOf = ({ Body }: GetObjectCommandOutput): AsyncIterable<Uint8Array> => {
  if (!(Body instanceof Readable)) throw new TypeError('The S3 client gives no Node stream.');
  return watched(Body);
};

/** A body whose every failure is `unavailable`, and one that stalls is such. Stopping to read it frees its connection. */
export async function* watched(body: Readable, stalledMs = STALLED_MS): AsyncGenerator<Uint8Array> {
  const parts = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(() => body.destroy(new Error(`no byte for ${stalledMs} ms`)), stalledMs);
      const { done, value } = await parts.next().finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } catch (cause) {
    throw new AppError('unavailable', 'S3 broke off in the middle of an object. Try again.', { cause });
  } finally {
    body.destroy();
  }
}
