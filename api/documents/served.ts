import type { Document, DocumentRef } from '../../common/domain/document.ts';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { Caller } from '../caller.ts';
import { ownDocument } from './own.ts';

const NOTHING_YET = 'Nothing of this document can be read yet; wait until its status is ready.';

/** A document of which a generation is served. */
export type ServedDocument = Document & { readonly servedGeneration: number };

/** Throws `not_found`, and `conflict` before the first generation is ready. */
export const servedDocument = async (
  ports: Pick<Ports, 'documents'>,
  caller: Caller,
  documentId: string,
): Promise<ServedDocument> => {
  const document = await ownDocument(ports, caller, documentId);
  if (document.servedGeneration === undefined) throw new AppError('conflict', NOTHING_YET);
  return { ...document, servedGeneration: document.servedGeneration };
};

export const servedRef = ({ userId, documentId, servedGeneration }: ServedDocument): DocumentRef => ({
  userId,
  documentId,
  generation: servedGeneration,
});

export const etagOf = ({ servedGeneration }: ServedDocument): string => `"${servedGeneration}"`;

/** A blob that went between the record and its reading was replaced: `conflict`, which a client tries again. */
export const orReplaced = (cause: unknown): never => {
  if (codeOf(cause) !== 'not_found') throw cause;
  throw new AppError('conflict', 'The document has just been replaced; ask again.', { cause });
};
