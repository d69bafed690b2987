import type { Document, DocumentKey, DocumentState, DocumentStatus } from '../domain/document.ts';

export interface Page<Item> {
  readonly items: Item[];
  /** Opaque; absent on the last page. */
  readonly nextCursor?: string;
}

export interface ListQuery {
  readonly userId: string;
  /** From 1 to 100. */
  readonly limit: number;
  /** Of an earlier page. `list` throws `invalid` for one that it did not make. */
  readonly cursor?: string | undefined;
  readonly status?: DocumentStatus | undefined;
  /** Media type. */
  readonly fileType?: string | undefined;
  readonly tag?: string | undefined;
  readonly fileName?: string | undefined;
}

/** Finds documents. Any method may throw `unavailable`. */
export interface DocumentDirectory {
  /** One user's, newest upload first, without tombstones. */
  list(query: ListQuery): Promise<Page<Document>>;
  /** The key of a document, by its id alone. Throws `not_found`. */
  ownerOf(documentId: string): Promise<DocumentKey>;
  /** Up to 100, tombstones too; those that are not there are left out. */
  states(keys: readonly DocumentKey[]): Promise<DocumentState[]>;
  /** Everybody's in this status that were uploaded before `before` (ISO 8601), oldest first, at most 100. For upkeep. */
  inStatus(status: DocumentStatus, before: string, cursor?: string): Promise<Page<Document>>;
}
