import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { About } from '../../../ports/blob-store.ts';
import { isArchived, restoreOf } from './archive.ts';
import type { Place } from './place.ts';
import { throwS3 } from './s3-errors.ts';

const VALID_SECONDS = 300;

/** As BlobStore's `addressOf`. */
export const addressOfObject = async (place: Place, key: string, about: Required<About>): Promise<string> => {
  const { client, bucket: Bucket } = place;
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: key })).catch(throwS3(key));
  if (isArchived(head)) throw await restoreOf(place, key);
  const read = new GetObjectCommand({
    Bucket,
    Key: key,
    ResponseContentType: about.mediaType,
    ResponseContentDisposition: dispositionOf(about.fileName),
  });
  return getSignedUrl(client, read, { expiresIn: VALID_SECONDS }).catch(throwS3(key));
};

/** To be saved, and under which name: RFC 6266, and RFC 5987 for what is not ASCII. */
const dispositionOf = (fileName?: string): string => {
  const name = fileName?.toWellFormed().split('/').at(-1);
  if (!name) return 'attachment';
  const plain = name.replaceAll(/[^ -~]|["\\%]/gu, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
