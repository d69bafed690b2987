import { afresh } from '../domain/afresh.ts';
import type { Document, DocumentRef } from '../domain/document.ts';
import { AppError, codeOf } from '../domain/errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { PendingUpload } from '../ports/upload-store.ts';
import type { Begun, Transfer } from '../ports/uploads.ts';
import { extractMessage } from './extract-message.ts';
import { orUndefined } from './or-undefined.ts';

export type ArrivedNeeds = Pick<Ports, 'blobs' | 'documents' | 'pending' | 'queue' | 'uploads'>;

const TRIES = 10;

/**
 * Sends a generation that came past the API on its way, once its original lies whole under its key: a new document is
 * processed, new content takes the old one's place unless it was overtaken, in which case it is removed. Each step may
 * be repeated, at the same time too, and what is pending goes last: a crash is repaired by asking again.
 * @returns false, having changed nothing, when no upload of this generation is pending or its original is not there
 * Throws `unavailable` where the record never stands still.
 */
export const arrived = async (ref: DocumentRef, ports: ArrivedNeeds): Promise<boolean> => {
  const upload = await ports.pending.get(ref).catch(orUndefined('not_found'));
  if (upload === undefined || !(await isStored(upload.transfer, ports))) return false;
  const document = await adoptUpload(upload, ports);
  if (document?.generation === ref.generation) {
    if (document.status === 'processing') await ports.queue.send([extractMessage(ref)]);
  } else if (document?.servedGeneration !== ref.generation) await ports.uploads.abort(upload.transfer);
  await ports.pending.remove(ref);
  return true;
};

/** Every part was checked when it came; that the object lies under its key tells that they were put together. */
const isStored = async (transfer: Begun, { blobs, uploads }: ArrivedNeeds): Promise<boolean> => {
  if ((await uploads.arrived(transfer)).length < transfer.checksums.length) return false;
  const folder = transfer.key.slice(0, transfer.key.lastIndexOf('/') + 1);
  return (await blobs.list(folder)).includes(transfer.key);
};

/**
 * The record that takes this generation, whose original is there, for its current one; or as it is where that was
 * overtaken; undefined: deleted. Throws `unavailable` where the record never stands still.
 */
export const adoptUpload = async (
  upload: PendingUpload,
  { documents }: Pick<Ports, 'documents'>,
): Promise<Document | undefined> => {
  for (let tries = 1; ; tries += 1) {
    const document = await documents.get(upload).catch(orUndefined('not_found'));
    if (document === undefined || document.deletedAt !== undefined) return undefined;
    if (document.generation > upload.generation || isAdopted(document, upload)) return document;
    try {
      return await documents.change(document, {
        ...originalOf(upload.transfer),
        ...afresh(new Date().toISOString()),
        generation: upload.generation,
      });
    } catch (cause) {
      if (codeOf(cause) !== 'stale') throw cause;
      if (tries === TRIES) throw new AppError('unavailable', 'The document keeps changing. Try again.', { cause });
    }
  }
};

const isAdopted = ({ generation, status }: Document, upload: PendingUpload): boolean =>
  generation === upload.generation && status !== 'uploading';

const originalOf = ({ key, fileName, mediaType, size }: Transfer) => ({
  fileName,
  fileType: mediaType,
  fileSize: size,
  s3Key: key,
  contentSha256: undefined,
  contentMd5: undefined,
});
