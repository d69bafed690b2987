import type { Document, DocumentRef } from '../domain/document.ts';
import type { Ports } from '../ports/ports.ts';
import type { PendingUpload } from '../ports/upload-store.ts';
import { orUndefined } from './or-undefined.ts';

export type EndUploadNeeds = Pick<Ports, 'documents' | 'pending' | 'uploads'>;

/**
 * Gives up an upload that has not arrived: removes its bytes, and the record of a document that has nothing else. May
 * be repeated; what is pending goes last. Leaves all as it is, and returns false, when its document has gone on with it.
 */
export const endUpload = async (upload: PendingUpload, ports: EndUploadNeeds): Promise<boolean> => {
  const document = await ports.documents.get(upload).catch(orUndefined('not_found'));
  if (document !== undefined && hasGoneOn(document, upload)) return false;
  const isNothingElse = document?.generation === upload.generation && document.status === 'uploading';
  if (isNothingElse && document.deletedAt === undefined) {
    const hidden = await ports.documents
      .change(upload, { deletedAt: new Date().toISOString() })
      .catch(orUndefined('stale'));
    if (hidden === undefined) return endUpload(upload, ports);
  }
  await ports.uploads.abort(upload.transfer);
  if (isNothingElse) await ports.documents.remove(upload);
  await ports.pending.remove(upload);
  return true;
};

const hasGoneOn = ({ generation, servedGeneration, status, deletedAt }: Document, ref: DocumentRef): boolean =>
  deletedAt === undefined &&
  (servedGeneration === ref.generation || (generation === ref.generation && status !== 'uploading'));
