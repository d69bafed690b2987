import type { Vector } from '../../common/domain/vector.ts';

/** What a job has of its texts' vectors, by textHash; kept over its attempts, for it is paid. */
export interface Gathered {
  readonly vectors: Map<string, Vector>;
  /** Those that were embedded. */
  readonly made: Set<string>;
  /** Those that an earlier worker had embedded for this batch before it died. */
  readonly kept: Set<string>;
  /** Those of another document: when that one is deleted, this one still has them. */
  readonly elsewhere: Set<string>;
}

export const nothingYet = (): Gathered => ({
  vectors: new Map(),
  made: new Set(),
  kept: new Set(),
  elsewhere: new Set(),
});
