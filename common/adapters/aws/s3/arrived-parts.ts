import {
  type CompletedPart,
  HeadObjectCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type Part,
} from '@aws-sdk/client-s3';
import { partsOfTransfer } from '../../../domain/transfer.ts';
import type { Begun } from '../../../ports/uploads.ts';
import type { Place } from './place.ts';
import { isNamed, s3ErrorOf } from './s3-errors.ts';

const GONE = new Set(['NoSuchUpload']);
const MISSING = new Set(['NotFound', 'NoSuchKey']);

/** The parts that S3 holds as the transfer names them, in order; undefined when it knows no such upload (any more). */
export const partsHeld = async (place: Place, transfer: Begun): Promise<CompletedPart[] | undefined> => {
  const wanted = partsOfTransfer(transfer);
  const held: CompletedPart[] = [];
  try {
    for await (const { PartNumber = 0, Size, ETag, ChecksumSHA256 } of listParts(place, transfer)) {
      const part = wanted[PartNumber - 1];
      if (part?.size === Size && part?.checksum === ChecksumSHA256) held.push({ PartNumber, ETag, ChecksumSHA256 });
    }
    return held;
  } catch (error) {
    if (isNamed(error, GONE)) return undefined;
    throw s3ErrorOf(error, transfer.key);
  }
};

/** The SDK's own paginator goes on without end where a last page names a marker too. */
async function* listParts({ client, bucket }: Place, { key, token }: Begun): AsyncGenerator<Part> {
  const asked = { Bucket: bucket, Key: key, UploadId: token };
  let page: ListPartsCommandOutput = await client.send(new ListPartsCommand(asked));
  yield* page.Parts ?? [];
  while (page.IsTruncated) {
    page = await client.send(new ListPartsCommand({ ...asked, PartNumberMarker: page.NextPartNumberMarker }));
    yield* page.Parts ?? [];
  }
}

/** Whether the object is there, with the size and, sent in one PUT, the checksum that the transfer names. */
export const isObjectThere = async ({ client, bucket }: Place, transfer: Begun): Promise<boolean> => {
  const asked = new HeadObjectCommand({ Bucket: bucket, Key: transfer.key, ChecksumMode: 'ENABLED' });
  try {
    const { ContentLength, ChecksumSHA256 } = await client.send(asked);
    if (ContentLength !== transfer.size) return false;
    return transfer.partSize !== undefined || ChecksumSHA256 === transfer.checksums[0];
  } catch (error) {
    if (isNamed(error, MISSING)) return false;
    throw s3ErrorOf(error, transfer.key);
  }
};
