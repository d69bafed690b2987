import type { Document, DocumentChange, DocumentKey, DocumentRef } from '../domain/document.ts';

/** Documents' records, one at a time. Any method may throw `unavailable` or `storage_full`. */
export interface DocumentStore {
  /** Throws `conflict` when there is one. */
  create(document: Document): Promise<void>;
  /** Also one with a tombstone. Throws `not_found`. */
  get(key: DocumentKey): Promise<Document>;
  /** +1 on latestGeneration, given to one caller only. Throws `not_found`, for a tombstone too. */
  nextGeneration(key: DocumentKey): Promise<number>;
  /**
   * One atomic write; sets updatedAt. Throws `stale`, changing nothing, unless the record is there, carries no
   * tombstone and is at `ref.generation`.
   */
  change(ref: DocumentRef, change: DocumentChange): Promise<Document>;
  /** Erases the record of a tombstone; succeeds where nothing is. Throws `conflict` without a tombstone. */
  remove(key: DocumentKey): Promise<void>;
}
