import { DOCUMENT_STATUSES } from '../../common/domain/document.ts';
import { codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { deleteDocument } from '../../common/runtime/delete-document.ts';
import { everyPage } from '../../common/runtime/every-page.ts';

export type RetentionNeeds = Pick<Ports, 'directory' | 'documents' | 'queue' | 'receipts'>;

/** Deletes the documents that were uploaded before `before` (ISO 8601). Returns how many. */
export const endRetention = async (ports: RetentionNeeds, before: string): Promise<number> => {
  let deleted = 0;
  for (const status of DOCUMENT_STATUSES) {
    for await (const document of everyPage((cursor) => ports.directory.inStatus(status, before, cursor))) {
      try {
        await deleteDocument(document, ports);
        deleted += 1;
      } catch (error) {
        if (codeOf(error) !== 'not_found') throw error; // deleted by its owner meanwhile
      }
    }
  }
  return deleted;
};
