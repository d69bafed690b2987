import { CHUNKS_PER_BATCH } from '../../common/domain/chunk.ts';
import type { StageName } from '../../common/domain/stage-name.ts';
import type { Progress } from '../../common/ports/progress-store.ts';

/** How far a document has come, in chunks. */
export interface Stand {
  readonly stage: StageName;
  readonly done: number;
  /** Null until the text is cut. */
  readonly total: number | null;
  /** Null until there is a rate to reckon with. */
  readonly etaSeconds: number | null;
}

/**
 * Embedding until that is through, then indexing. The rest is taken to go at the rate since the plan was made.
 * @param now milliseconds since 1970
 */
export const standOf = (progress: Progress | undefined, now: number): Stand => {
  if (progress === undefined) return { stage: 'extract', done: 0, total: null, etaSeconds: null };
  const { batchCount, chunkCount, embedded, indexed, startedAt } = progress;
  const stage = embedded < batchCount ? 'embed' : 'index';
  const batches = stage === 'embed' ? embedded : indexed;
  const done = Math.min(batches * CHUNKS_PER_BATCH, chunkCount);
  const seconds = (now - Date.parse(startedAt)) / 1000;
  const etaSeconds = done === 0 || seconds <= 0 ? null : Math.ceil(((chunkCount - done) * seconds) / done);
  return { stage, done, total: chunkCount, etaSeconds };
};
