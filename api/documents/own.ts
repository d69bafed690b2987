import type { Document, DocumentChange } from '../../common/domain/document.ts';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { Caller } from '../caller.ts';

const NO_DOCUMENT = 'You have no document with this id.';
const TRIES = 10;

/** The caller's document. Throws `not_found` for another's and for a deleted one too, in the same words. */
export const ownDocument = async (
  { documents }: Pick<Ports, 'documents'>,
  { userId }: Caller,
  documentId: string,
): Promise<Document> => {
  try {
    const document = await documents.get({ userId, documentId });
    if (document.deletedAt === undefined) return document;
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
  }
  throw new AppError('not_found', NO_DOCUMENT);
};

/** Throws `conflict` while nothing of the document is there but its record. */
export const requireArrived = (document: Document): Document => {
  if (document.status !== 'uploading') return document;
  throw new AppError('conflict', 'The document is still being uploaded; wait until all of it is here.');
};

/** Changes whatever generation it is at; `change` sees the record that the change will stand on. Throws `not_found`. */
export const changeOwn = async (
  ports: Pick<Ports, 'documents'>,
  caller: Caller,
  { documentId, change }: { documentId: string; change: (document: Document) => DocumentChange },
): Promise<{ before: Document; after: Document }> => {
  for (let tries = 1; ; tries += 1) {
    const before = await ownDocument(ports, caller, documentId);
    try {
      return { before, after: await ports.documents.change(before, change(before)) };
    } catch (error) {
      if (codeOf(error) !== 'stale' || tries === TRIES) throw error;
    }
  }
};
