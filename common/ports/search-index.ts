import type { IndexedChunk } from '../domain/chunk.ts';
import type { DocumentKey } from '../domain/document.ts';
import type { Filters, Hit, Visibility } from '../domain/search.ts';
import type { Vector } from '../domain/vector.ts';

export interface IndexQuery {
  /** Absent: no keyword ranking. */
  readonly text?: string | undefined;
  /** Absent: no semantic ranking. */
  readonly vector?: Vector | undefined;
  readonly visibleTo: Visibility;
  readonly filters: Filters;
  /** Hits in each ranking, at most 300. */
  readonly limit: number;
  /** Chunks that an earlier round has turned down. */
  readonly without?: readonly string[] | undefined;
}

export interface Rankings {
  /** Best first; empty when not asked for. */
  readonly semantic: Hit[];
  readonly keyword: Hit[];
}

/** Chunks by meaning and by word. Any method may throw `unavailable`; writing ones `storage_full`. */
export interface SearchIndex {
  /** How long a write, or a removal, may stay unseen; 0 where it never does. */
  readonly refreshSeconds: number;
  /** Adds or replaces by chunkId. Searchable at once, or after the index's refresh. */
  put(chunks: readonly IndexedChunk[]): Promise<void>;
  /** Filters and visibility act inside each ranking, so that they never cost it hits. */
  search(query: IndexQuery): Promise<Rankings>;
  /** Up to 1,000 chunkIds of one document, in order, after the given one. @param generation absent: all */
  chunkIds(document: DocumentKey, generation?: number, after?: string): Promise<string[]>;
  /** Sets what filters read, on every chunk of the document. */
  describe(document: DocumentKey, change: { tags: readonly string[]; isPublic: boolean }): Promise<void>;
  /** The chunks of one generation, or of all. Returns how many there were. */
  delete(document: DocumentKey, generation?: number): Promise<number>;
}
