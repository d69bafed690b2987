import type { DocumentKey } from './document.ts';

/** A chunk as the index finds it; not yet checked against its document's record. */
export interface Hit extends DocumentKey {
  readonly chunkId: string;
  readonly generation: number;
  readonly chunkIndex: number;
  readonly content: string;
  readonly startPosition: number;
  readonly endPosition: number;
  readonly pageNumber?: number;
  readonly section?: string;
  /** Cosine similarity in the semantic ranking; in the keyword one BM25, higher is better. */
  readonly relevance: number;
}

/** A hit that the caller may see, as search answers it. */
export interface Passage {
  readonly chunkId: string;
  readonly documentId: string;
  readonly fileName: string;
  /** Compares within one reply only. */
  readonly score: number;
  readonly content: string;
  readonly pageNumber?: number;
  readonly section?: string;
  readonly startPosition: number;
  readonly endPosition: number;
}

export interface Filters {
  readonly documentIds?: readonly string[] | undefined;
  /** A document with any of them. */
  readonly tags?: readonly string[] | undefined;
  /** Media types. */
  readonly fileTypes?: readonly string[] | undefined;
  /** ISO 8601, included. */
  readonly uploadedFrom?: string | undefined;
  /** ISO 8601, excluded. */
  readonly uploadedTo?: string | undefined;
}

export const SEARCH_MODES = ['hybrid', 'semantic', 'keyword'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** Whose chunks a query may see: the caller's own, public ones, and those of documents shared with the caller. */
export interface Visibility {
  readonly userId: string;
  /** Document ids; at most 1,000. */
  readonly sharedDocumentIds: readonly string[];
}
