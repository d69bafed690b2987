import type { StageName } from '../domain/stage-name.ts';
import type { Page } from './document-directory.ts';

export interface DeadLetter {
  readonly body: unknown;
  readonly code: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly buriedAt: string;
  readonly receiveCount: number;
}

/** The dead-letter queue of each stage. Any method may throw `unavailable`. */
export interface DeadLetters {
  count(stage: StageName): Promise<number>;
  /** Newest first. @param limit from 1 to 100 */
  list(stage: StageName, limit: number, cursor?: string): Promise<Page<DeadLetter>>;
  /** Sends all back to their stage's queue, their receive counts at 0. Returns how many. */
  redrive(stage: StageName): Promise<number>;
}
