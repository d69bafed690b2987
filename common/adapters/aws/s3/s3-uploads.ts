import { type CompletedPart, CompleteMultipartUploadCommand, CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
import { partsOfKey } from '../../../domain/blob-key.ts';
import { AppError } from '../../../domain/errors.ts';
import { partsOfTransfer } from '../../../domain/transfer.ts';
import type { Begun, Transfer, Uploads } from '../../../ports/uploads.ts';
import { abortUpload } from './abort-unfinished.ts';
import { isObjectThere, partsHeld } from './arrived-parts.ts';
import { objectSettings } from './object-settings.ts';
import { partRequests } from './part-requests.ts';
import type { Place } from './place.ts';
import { removeObjects } from './remove-objects.ts';
import { isNamed, s3ErrorOf, throwS3 } from './s3-errors.ts';

/** One PUT needs nothing to be begun. */
const WHOLE = 'whole';

/** Another has put the parts together first, or an earlier try whose answer was lost. */
const DONE_BEFORE = new Set(['NoSuchUpload', 'PreconditionFailed']);

/** Presigned requests to S3: one PUT, or the parts of a multipart upload. S3 checks each SHA-256 before it keeps them. */
export const s3Uploads = (place: Place): Uploads => ({
  async begin(transfer) {
    partsOfKey(transfer.key);
    partsOfTransfer(transfer);
    return { ...transfer, token: transfer.partSize === undefined ? WHOLE : await beginParts(place, transfer) };
  },
  requests: (transfer, partNumbers) => partRequests(place, transfer, partNumbers),
  async arrived(transfer) {
    const held = transfer.partSize === undefined ? undefined : await partsHeld(place, transfer);
    if (held !== undefined) return held.map(({ PartNumber = 0 }) => PartNumber);
    return (await isObjectThere(place, transfer)) ? transfer.checksums.map((_, index) => index + 1) : [];
  },
  async complete(transfer) {
    const held = transfer.partSize === undefined ? undefined : await partsHeld(place, transfer);
    if (held === undefined) return requireObject(place, transfer);
    if (held.length < transfer.checksums.length) throw incomplete(transfer.checksums.length - held.length);
    await putTogether(place, transfer, held);
  },
  async abort(transfer) {
    if (transfer.partSize !== undefined) await abortUpload(place, transfer.key, transfer.token);
    await removeObjects(place, transfer.key, (key) => key === transfer.key);
  },
});

const beginParts = async ({ client, bucket, encryption }: Place, transfer: Transfer): Promise<string> => {
  const { UploadId } = await client
    .send(
      new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: transfer.key,
        ChecksumAlgorithm: 'SHA256',
        ...objectSettings(transfer, encryption),
      }),
    )
    .catch(throwS3(transfer.key));
  if (UploadId === undefined) throw new Error('S3 began an upload without an id');
  return UploadId;
};

const putTogether = async (place: Place, transfer: Begun, Parts: CompletedPart[]): Promise<void> => {
  const { key, token, size } = transfer;
  const whole = { Bucket: place.bucket, Key: key, UploadId: token, MultipartUpload: { Parts }, MpuObjectSize: size };
  try {
    await place.client.send(new CompleteMultipartUploadCommand({ ...whole, IfNoneMatch: '*' }));
  } catch (error) {
    if (!isNamed(error, DONE_BEFORE)) throw s3ErrorOf(error, key);
    await requireObject(place, transfer);
  }
};

const requireObject = async (place: Place, transfer: Begun): Promise<void> => {
  if (await isObjectThere(place, transfer)) return;
  if (transfer.partSize === undefined) throw incomplete(1);
  throw new AppError('not_found', 'There is no such upload any more. Begin anew.');
};

const incomplete = (missing: number) =>
  new AppError('conflict', `${missing} part(s) have not arrived. Ask what is there, and send the rest.`);
