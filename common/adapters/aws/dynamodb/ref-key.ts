import type { DocumentRef } from '../../../domain/document.ts';
import type { Key } from './item.ts';

/** Where the state table keeps what there is one of for each generation of a document. */
export const refKey = (kind: string, { userId, documentId, generation }: DocumentRef): Key => ({
  pk: `${kind}#${userId}#${documentId}`,
  sk: String(generation),
});
