import type { SearchIndex } from './search-index.ts';

/** An index that is being filled, and that nobody searches yet. */
export interface NextIndex extends Pick<SearchIndex, 'put' | 'describe' | 'delete'> {
  /** Of this one alone: a run that goes on knows by it whether it is still the one that it was filling. */
  readonly name: string;
  /** False where it is the one that answers: what is put meanwhile is in it. */
  readonly isOther: boolean;
  /** From now on every process searches and writes this one; the one before is removed. Throws `conflict` where another run came first. */
  publish(): Promise<void>;
}

/**
 * Builds a search index beside the one that answers. Meanwhile `put` of SearchIndex reaches that one alone, and its
 * `describe` and `delete` both: what is deleted, or made private, is so in the next index too. In a home without a
 * second one the next index is the one that answers. Any method may throw `unavailable`.
 */
export interface IndexRebuild {
  /** Goes on with the one that a run has left, or makes an empty one. */
  begin(): Promise<NextIndex>;
}
