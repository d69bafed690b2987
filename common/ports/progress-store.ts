import type { DocumentRef } from '../domain/document.ts';
import type { StageName } from '../domain/stage-name.ts';

export interface Plan {
  readonly batchCount: number;
  readonly chunkCount: number;
}

export interface Progress extends Plan {
  /** How many batches each stage has done. */
  readonly embedded: number;
  readonly indexed: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly updatedAt: string;
}

/** How far one generation has come: beside its record, so that batches do not rewrite it. May throw `unavailable`. */
export interface ProgressStore {
  /** Commits the plan unless one is there; returns the one that holds. */
  begin(ref: DocumentRef, plan: Plan): Promise<Progress>;
  /** Adds a batch, from 0, to the stage's set; again changes nothing. Throws `stale` when there is no plan. */
  mark(ref: DocumentRef, stage: Exclude<StageName, 'extract'>, batch: number): Promise<Progress>;
  /** Undefined before `begin` and after `remove`. */
  get(ref: DocumentRef): Promise<Progress | undefined>;
  /** Succeeds where nothing is. */
  remove(ref: DocumentRef): Promise<void>;
}
