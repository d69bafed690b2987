import type { Vector } from '../domain/vector.ts';

/** Turns text into vectors of length 1. Any method may throw `throttled` or `unavailable`. */
export interface Embedder {
  /** Kept in each record: vectors of different models do not compare. */
  readonly model: string;
  readonly dimension: number;
  /**
   * The vectors of the texts, in their order. The adapter packs what all callers ask into its own calls and takes
   * turns between groups. Throws `invalid` for a text that the model refuses: the others are not held up.
   */
  embed(texts: readonly string[], options: { group: string; signal: AbortSignal }): Promise<Vector[]>;
  /** The vector of a question; goes before all texts. */
  embedQuery(text: string): Promise<Vector>;
}
