import type { Job } from './corpus.ts';

/** What a worker process is told, as its one argument in JSON. */
export interface Task {
  /** A file of ours or of a peer, relative to this folder, that exports `open`. */
  readonly way: string;
  readonly bedrock: string;
  readonly model: string;
  /** From `writeCorpus`. */
  readonly corpus: string;
  /** Of the fleet, from 0: where in the corpus it begins. */
  readonly member: number;
  /** Jobs at once. */
  readonly slots: number;
  /** Jobs whose texts are asked for as one, for ways that are given all there is. */
  readonly jobsTogether?: number;
  /** The way's own settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A way to embed the texts of a job. */
export interface Way extends AsyncDisposable {
  /** Settles when all texts have their vectors, or the way gives the job up. */
  embed(job: Job): Promise<unknown>;
}

export type OpenWay = (task: Task) => Promise<Way>;

/** What a worker has done since it began. */
export interface Tally {
  /** Texts of jobs that have ended well; calls are counted where they arrive. */
  readonly texts: number;
  readonly jobs: number;
  readonly failed: number;
  /** Of the first that failed. */
  readonly reason?: string;
  /** Of the process, user and system. */
  readonly cpuMs: number;
}
