import { CHUNKS_PER_BATCH } from '../../common/domain/chunk.ts';
import type { StageName } from '../../common/domain/stage-name.ts';
import type { Progress } from '../../common/ports/progress-store.ts';
import type { EmbedPace } from '../operations/embed-pace.ts';

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
 * Embedding until that is through, then indexing. The rest is taken to go at the rate since the plan was made; where
 * it is known how fast all workers embed, no faster than if they did nothing else, and no slower than if this document
 * were the last in the queue, which it is taken to be before anything of it is done.
 * @param now milliseconds since 1970
 * @param pace of all workers; undefined where that is not known
 */
export const standOf = (progress: Progress | undefined, now: number, pace?: EmbedPace): Stand => {
  if (progress === undefined) return { stage: 'extract', done: 0, total: null, etaSeconds: null };
  const { batchCount, chunkCount, embedded, indexed, startedAt } = progress;
  const stage = embedded < batchCount ? 'embed' : 'index';
  const batches = stage === 'embed' ? embedded : indexed;
  const done = Math.min(batches * CHUNKS_PER_BATCH, chunkCount);
  const seconds = (now - Date.parse(startedAt)) / 1000;
  const own = done === 0 || seconds <= 0 ? null : ((chunkCount - done) * seconds) / done;
  const eta = stage === 'embed' && pace !== undefined ? within(own, batchCount - embedded, pace) : own;
  return { stage, done, total: chunkCount, etaSeconds: eta === null ? null : Math.ceil(eta) };
};

const MINUTE = 60;

/** @param own seconds, by the document's own rate @param left its jobs */
const within = (own: number | null, left: number, { backlog, jobsPerMinute }: EmbedPace): number => {
  const fastest = (left * MINUTE) / jobsPerMinute;
  const slowest = (Math.max(left, backlog) * MINUTE) / jobsPerMinute;
  return own === null ? slowest : Math.min(slowest, Math.max(fastest, own));
};
