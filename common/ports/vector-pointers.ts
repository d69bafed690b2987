import type { DocumentKey, DocumentRef } from '../domain/document.ts';

/** Says which chunk, of some generation of the same owner's, has the vector of a text. */
export interface VectorPointer extends Omit<DocumentRef, 'userId'> {
  /** Of the text, and of the model that it is for: see `textHashOf`. */
  readonly textHash: string;
  /** From 0. */
  readonly chunkIndex: number;
}

/** How many texts one call may name: those of a batch. */
export const POINTERS_AT_ONCE = 96;

/**
 * Where vectors lie that an owner has paid for. A pointer may dangle: whoever follows it looks whether the text is the
 * one. It is forgotten a year after it was put. No method finds what is another owner's; each takes up to
 * POINTERS_AT_ONCE texts, and may throw `throttled` or `unavailable`.
 */
export interface VectorPointers {
  /** Those that there are, in any order. */
  find(userId: DocumentKey['userId'], textHashes: readonly string[]): Promise<VectorPointer[]>;
  /** Adds or replaces; of two for one text the last holds. Throws `storage_full`. */
  put(userId: DocumentKey['userId'], pointers: readonly VectorPointer[]): Promise<void>;
  /** Succeeds where nothing is. */
  remove(userId: DocumentKey['userId'], textHashes: readonly string[]): Promise<void>;
}
