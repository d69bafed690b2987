import type { Clock } from '../../../common/runtime/clock.ts';
import type { Random } from '../engine/random.ts';

/** A batch of chunks of one document, as an embed job has it. */
export interface Job {
  readonly group: string;
  readonly texts: readonly string[];
}

/** Where a worker's jobs come from. */
export interface Jobs {
  /** Up to `most`; none after a long poll of a queue that has none. */
  receive(most: number): Promise<Job[]>;
  settle(job: Job): Promise<void>;
  /** A worker is gone that had these. */
  abandon(jobs: readonly Job[]): void;
}

export interface QueueCounters {
  readonly received: number;
  readonly settled: number;
  /** Received again after their worker had crashed. */
  readonly redelivered: number;
  readonly inFlightMost: number;
  /** Polls that the limit of what may be in flight sent away. */
  readonly overLimit: number;
}

/** What a fleet has to do. */
export interface Workload {
  readonly documents: number;
  /** On a mean. */
  readonly textsPerDocument: number;
  jobsOf(worker: number): Jobs;
  /** As Bedrock counts them. */
  countTokens(text: string): number;
  /** Of the jobs that were given out, redeliveries not counted. */
  begun(): { readonly documents: number; readonly texts: number };
  /** All documents have been begun, and half of what was under way has ended: some workers have nothing to do. */
  isEbbing(): boolean;
  /** All jobs have been settled. */
  isDrained(): boolean;
  counters(): QueueCounters;
}

export type OpenWorkload = (parts: { clock: Clock; random: Random }) => Workload;
