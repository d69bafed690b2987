import type { About } from '../../../ports/blob-store.ts';
import type { Encryption } from './place.ts';

/** S3 takes 2 KB of metadata, names and values together. */
const METADATA_BYTES_MOST = 2_000;
const FILE_NAME = 'filename';

/** What every request that makes an object says of it. */
export const objectSettings = (about: About, encryption?: Encryption) => ({
  ...(about.mediaType !== undefined && { ContentType: about.mediaType }),
  ...metadataOf(about),
  ...encryptionOf(encryption),
});

/** As object metadata keeps it; undefined for one that is not there, or that others have written and is no such code. */
export const fileNameIn = (metadata: Record<string, string> = {}): string | undefined => {
  const kept = metadata[FILE_NAME];
  try {
    return kept && decodeURIComponent(kept);
  } catch {
    return undefined;
  }
};

/** A name that is too long is left out: cut, it would be another file's. */
const metadataOf = ({ fileName = '' }: About) => {
  const value = encodeURIComponent(fileName.toWellFormed());
  const fits = FILE_NAME.length + value.length <= METADATA_BYTES_MOST;
  return value !== '' && fits ? { Metadata: { [FILE_NAME]: value } } : {};
};

const encryptionOf = (encryption?: Encryption) => {
  if (encryption === undefined) return {};
  if (encryption.algorithm === 'AES256') return { ServerSideEncryption: encryption.algorithm };
  const { algorithm, keyId } = encryption;
  return { ServerSideEncryption: algorithm, SSEKMSKeyId: keyId, BucketKeyEnabled: true };
};
