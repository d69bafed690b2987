import type { DocumentRef } from '../../../common/domain/document.ts';
import { AppError, codeOf } from '../../../common/domain/errors.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import type { PendingUpload } from '../../../common/ports/upload-store.ts';
import type { Caller } from '../../caller.ts';

const NO_UPLOAD = 'You have no such upload under way: it is complete, was given up, or took more than a day.';

export const noUpload = (cause?: unknown): AppError => new AppError('not_found', NO_UPLOAD, { cause });

/** @param uploadId of the form that its schema has */
export const refOf = ({ userId }: Caller, uploadId: string): DocumentRef => {
  const [documentId = '', generation] = uploadId.toLowerCase().split('.');
  return { userId, documentId, generation: Number(generation) };
};

/** The caller's upload. Throws `not_found`, for another's too. */
export const ownUpload = async (
  { pending }: Pick<Ports, 'pending'>,
  caller: Caller,
  uploadId: string,
): Promise<PendingUpload> => {
  try {
    return await pending.get(refOf(caller, uploadId));
  } catch (error) {
    throw codeOf(error) === 'not_found' ? noUpload(error) : error;
  }
};
