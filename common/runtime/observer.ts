import type { Logger } from 'pino';
import type { ErrorCode } from '../domain/errors.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StageName } from '../domain/stage-name.ts';
import type { Metrics } from './metrics.ts';

export type JobSettled = Outcome & {
  readonly name: 'job.settled';
  readonly stage: StageName;
  readonly ms: number;
  readonly documentId?: string | undefined;
  /** What was thrown. */
  readonly cause?: unknown;
};

export interface RequestAnswered {
  readonly name: 'request.answered';
  /** Method and pattern, such as 'GET /v1/documents/{id}'. */
  readonly route: string;
  /** 499 when the client left before there was an answer. */
  readonly status: number;
  readonly ms: number;
  readonly requestId: string;
  readonly userId?: string | undefined;
  /** What was thrown. */
  readonly cause?: unknown;
}

/** A job waits, its lease held, for what passes by itself. */
export interface JobWaiting {
  readonly name: 'job.waiting';
  readonly stage: StageName;
  readonly code: ErrorCode;
  /** From 1. */
  readonly tries: number;
  readonly documentId?: string | undefined;
  readonly cause: unknown;
}

/** What upkeep has put right. */
export interface Swept {
  readonly name: 'swept';
  readonly resent: number;
  readonly deletionsResumed: number;
  readonly uploadsEnded: number;
}

/** Something that runs in the background has failed and is tried again. */
export interface Faltered {
  readonly name: 'sweep.failed' | 'worker.ended';
  readonly cause: unknown;
}

/** All that an operator can see happen. Ids go to the log, never into labels. */
export type Sight = JobSettled | JobWaiting | RequestAnswered | Swept | Faltered;
export type Observe = (sight: Sight) => void;

type Level = 'debug' | 'info' | 'warn' | 'error';

const levelOfJob = (job: JobSettled): Level => {
  if (job.fate === 'done' || job.fate === 'drop') return 'debug';
  if (job.code === 'internal') return 'error';
  return job.fate === 'bury' ? 'warn' : 'info';
};

const levelOf = (sight: Sight): Level => {
  switch (sight.name) {
    case 'job.settled':
      return levelOfJob(sight);
    case 'request.answered':
      return sight.status >= 500 ? 'error' : 'info';
    case 'swept':
      return 'info';
    default:
      return 'warn';
  }
};

export const observer =
  (log: Logger, { jobs, requests }: Metrics): Observe =>
  (sight) => {
    log[levelOf(sight)](sight);
    if (sight.name === 'job.settled') jobs.observe({ stage: sight.stage, fate: sight.fate }, sight.ms / 1000);
    if (sight.name === 'request.answered') {
      requests.observe({ route: sight.route, status: sight.status }, sight.ms / 1000);
    }
  };
