import type { DocumentRef } from '../../common/domain/document.ts';
import { formatOf } from '../../common/domain/format.ts';
import { generationFolders, originalKey } from '../../common/domain/keys.ts';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import type { IncomingFile, Upload, Uploaded } from '../http/upload.ts';

/** The fields of a record that say what its original is. */
export interface Original {
  readonly fileName: string;
  readonly fileType: string;
  readonly fileSize: number;
  readonly s3Key: string;
}

/** Puts a file where the generation's original lies. */
export const putOriginal = async (
  blobs: BlobStore,
  ref: DocumentRef,
  { fileName, body }: IncomingFile,
): Promise<Original> => {
  const { extension, mediaType } = formatOf(fileName);
  const s3Key = originalKey(ref, extension);
  return { fileName, fileType: mediaType, fileSize: await blobs.put(s3Key, body, { fileName, mediaType }), s3Key };
};

export const removeGeneration = async (blobs: BlobStore, ref: DocumentRef): Promise<void> => {
  for (const folder of generationFolders(ref)) await blobs.deleteAll(folder);
};

/** Runs `work`; when it throws, nothing stays of the generation that it was about. */
export const orNothing = async <T>(blobs: BlobStore, ref: DocumentRef, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    await removeGeneration(blobs, ref);
    throw error;
  }
};

/** Takes in an upload, as the generation's original. */
export const receiveOriginal = <Fields>(
  blobs: BlobStore,
  ref: DocumentRef,
  receive: Upload<Fields>,
): Promise<Uploaded<Fields, Original>> => receive((file) => putOriginal(blobs, ref, file));
