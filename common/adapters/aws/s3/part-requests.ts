import { PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { partsOfTransfer, pickParts, type TransferPart } from '../../../domain/transfer.ts';
import type { Begun, PutRequest } from '../../../ports/uploads.ts';
import { objectSettings } from './object-settings.ts';
import type { Place } from './place.ts';
import { throwS3 } from './s3-errors.ts';

const VALID_SECONDS = 3_600;
const CHECKSUM = 'x-amz-checksum-sha256';

/** As Uploads' `requests`; signed here, without asking S3. */
export const partRequests = async (
  place: Place,
  transfer: Begun,
  partNumbers: readonly number[],
): Promise<PutRequest[]> => {
  const requests: PutRequest[] = [];
  for (const part of pickParts(partsOfTransfer(transfer), partNumbers)) {
    requests.push(await (transfer.partSize === undefined ? wholeRequest : partRequest)(place, transfer, part));
  }
  return requests;
};

const partRequest = (place: Place, { key, token }: Begun, { partNumber, checksum }: TransferPart) => {
  const asked = { Bucket: place.bucket, Key: key, UploadId: token, PartNumber: partNumber, ChecksumSHA256: checksum };
  const headers = { [CHECKSUM]: checksum };
  return signed({ partNumber, headers }, (how) => getSignedUrl(place.client, new UploadPartCommand(asked), how));
};

/** Takes no object's place: what is under the key has been sent before. */
const wholeRequest = (place: Place, transfer: Begun, { partNumber, checksum }: TransferPart) => {
  const settings = objectSettings(transfer, place.encryption);
  const asked = { Bucket: place.bucket, Key: transfer.key, ChecksumSHA256: checksum, IfNoneMatch: '*', ...settings };
  const headers = { [CHECKSUM]: checksum, 'if-none-match': '*', ...headersOf(settings) };
  return signed({ partNumber, headers }, (how) => getSignedUrl(place.client, new PutObjectCommand(asked), how));
};

/** As the SDK will write them. */
const headersOf = (settings: ReturnType<typeof objectSettings>): Record<string, string> =>
  Object.fromEntries(
    [
      ['content-type', settings.ContentType],
      ...Object.entries(settings.Metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value]),
      ['x-amz-server-side-encryption', settings.ServerSideEncryption],
      ['x-amz-server-side-encryption-aws-kms-key-id', settings.SSEKMSKeyId],
      ['x-amz-server-side-encryption-bucket-key-enabled', settings.BucketKeyEnabled?.toString()],
    ].filter((header): header is [string, string] => header[1] !== undefined),
  );

type How = NonNullable<Parameters<typeof getSignedUrl>[2]>;

/** All headers are signed: who changes or leaves one out is refused. */
const signed = async (
  request: Pick<PutRequest, 'partNumber' | 'headers'>,
  sign: (how: How) => Promise<string>,
): Promise<PutRequest> => {
  const names = Object.keys(request.headers);
  const signingDate = new Date();
  signingDate.setUTCMilliseconds(0); // a signature knows seconds only
  const url = await sign({
    expiresIn: VALID_SECONDS,
    signingDate,
    signableHeaders: new Set(['host', ...names]),
    unhoistableHeaders: new Set(names),
  }).catch(throwS3('')); // credentials may be out of reach
  return { ...request, url, expiresAt: new Date(signingDate.getTime() + VALID_SECONDS * 1_000).toISOString() };
};
