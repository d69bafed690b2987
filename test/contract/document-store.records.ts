import type { Document } from '../../common/domain/document.ts';
import type { DocumentStore } from '../../common/ports/document-store.ts';
import { aDocument } from '../support/documents.ts';

export const LONG_AGO = '2026-01-31T12:00:00.000Z';

export const created = async (documents: DocumentStore, changes: Partial<Document> = {}): Promise<Document> => {
  const document = aDocument({ uploadDate: LONG_AGO, updatedAt: LONG_AGO, ...changes });
  await documents.create(document);
  return document;
};

export const deleted = async (documents: DocumentStore): Promise<Document> =>
  documents.change(await created(documents), { deletedAt: LONG_AGO });
