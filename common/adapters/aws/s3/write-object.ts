import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { AppError } from '../../../domain/errors.ts';
import type { About } from '../../../ports/blob-store.ts';
import { cutBody } from './cut-body.ts';
import { objectSettings } from './object-settings.ts';
import type { Place } from './place.ts';
import { isNamed, s3ErrorOf, throwS3 } from './s3-errors.ts';

/** S3 takes 10,000 parts an object: 80 GiB. */
const PART_BYTES = 8 * 1024 ** 2;
const GONE = new Set(['NoSuchUpload']);

export interface Writing {
  readonly key: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly about: About;
}

/**
 * Writes an object in one request, or over 8 MiB in parts, of which it holds two: the one on its way and the next.
 * All or nothing: when the body breaks the parts are removed. Every request carries its CRC32, and the whole one.
 * Returns the bytes written. Throws what `body` throws.
 */
export const writeObject = async (place: Place, { key, body, about }: Writing): Promise<number> => {
  const settings = { Bucket: place.bucket, Key: key, ...objectSettings(about, place.encryption) };
  await using pieces = cutBody(body, PART_BYTES);
  const begun = await firstTwo(pieces);
  if (begun.length < 2) {
    const Body = begun[0] ?? new Uint8Array();
    await place.client.send(new PutObjectCommand({ ...settings, Body })).catch(throwS3(key));
    return Body.byteLength;
  }
  const begin = { ...settings, ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' } as const;
  const { UploadId } = await place.client.send(new CreateMultipartUploadCommand(begin)).catch(throwS3(key));
  return await writeParts(place, { Bucket: place.bucket, Key: key, UploadId }, resumed(begun, pieces));
};

interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string | undefined;
}

const writeParts = async ({ client }: Place, upload: Upload, pieces: AsyncIterable<Uint8Array>): Promise<number> => {
  const failed = (cause: unknown): never => {
    throw isNamed(cause, GONE) ? deletedMeanwhile(cause) : s3ErrorOf(cause, upload.Key);
  };
  const send = async (Body: Uint8Array, PartNumber: number): Promise<CompletedPart> => {
    const part = new UploadPartCommand({ ...upload, PartNumber, Body, ChecksumAlgorithm: 'CRC32' });
    const { ETag, ChecksumCRC32 } = await client.send(part).catch(failed);
    return { PartNumber, ETag, ChecksumCRC32 };
  };
  try {
    const { Parts, size } = await sendInTurn(pieces, send);
    const whole = { ...upload, MultipartUpload: { Parts }, ChecksumType: 'FULL_OBJECT', MpuObjectSize: size } as const;
    await client.send(new CompleteMultipartUploadCommand(whole)).catch(failed);
    return size;
  } catch (error) {
    // what cannot be removed now the bucket's rule for unfinished uploads removes
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
};

/** One part is under way while the next is read; none is any more when it returns or throws. */
const sendInTurn = async (
  pieces: AsyncIterable<Uint8Array>,
  send: (piece: Uint8Array, partNumber: number) => Promise<CompletedPart>,
): Promise<{ Parts: CompletedPart[]; size: number }> => {
  const Parts: CompletedPart[] = [];
  let size = 0;
  let underWay: Promise<CompletedPart> | undefined;
  try {
    for await (const piece of pieces) {
      if (underWay !== undefined) Parts.push(await underWay);
      underWay = send(piece, Parts.length + 1);
      underWay.catch(() => undefined); // it is awaited, but perhaps only after the next piece has come
      size += piece.byteLength;
    }
    if (underWay !== undefined) Parts.push(await underWay);
    return { Parts, size };
  } finally {
    await underWay?.catch(() => undefined);
  }
};

/** Fewer where there are no more. */
const firstTwo = async (pieces: AsyncGenerator<Uint8Array>): Promise<Uint8Array[]> => {
  const begun: Uint8Array[] = [];
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    if (begun.push(next.value) === 2) break;
  }
  return begun;
};

/** Lets go of each piece as it gives it. */
async function* resumed(begun: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let piece = begun.shift(); piece !== undefined; piece = begun.shift()) yield piece;
  yield* rest;
}

const deletedMeanwhile = (cause: unknown) =>
  new AppError('unavailable', 'The folder was deleted while an object was written there. Try again.', { cause });
