import type { Clock } from '../../../common/runtime/clock.ts';

/** Chunks in bulk requests, at a rate that its nodes or capacity units set. */
export interface SearchIndexModel {
  add(chunks: number): void;
  /** Chunks that wait. */
  backlog(): number;
  /** ms until all that waits is in. */
  behindMs(): number;
  added(): number;
}

/** A server with one queue that works at a fixed rate. */
export const searchIndexModel = (chunksPerSecond: number, clock: Clock): SearchIndexModel => {
  let doneAt = 0;
  let added = 0;
  const behindMs = (): number => Math.max(0, doneAt - clock.now());
  return {
    add(chunks) {
      added += chunks;
      doneAt = Math.max(doneAt, clock.now()) + (chunks * 1_000) / chunksPerSecond;
    },
    backlog: () => (behindMs() * chunksPerSecond) / 1_000,
    behindMs,
    added: () => added,
  };
};
