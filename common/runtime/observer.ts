import type { Logger } from 'pino';
import type { ErrorCode } from '../domain/errors.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StageName } from '../domain/stage-name.ts';
import type { Metrics } from './metrics.ts';

export interface JobBegun {
  readonly name: 'job.begun';
  readonly stage: StageName;
}

export type JobSettled = Outcome & {
  readonly name: 'job.settled';
  readonly stage: StageName;
  readonly ms: number;
  /** From 1. */
  readonly receiveCount: number;
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

/** Something was looked up that is kept for a while. */
export interface CacheRead {
  readonly name: 'cache.read';
  readonly cache: 'users' | 'tokens' | 'search' | 'queries';
  readonly hit: boolean;
}

/** A call of the embedding model has ended. */
export interface EmbeddingCalled {
  readonly name: 'embedding.called';
  readonly texts: number;
  /** As the model counted them; undefined where it does not say, and for what failed. */
  readonly tokens: number | undefined;
  readonly ms: number;
  readonly isThrottled: boolean;
}

/** All that an operator can see happen. Ids go to the log, never into labels. */
export type Sight =
  | JobBegun
  | JobSettled
  | JobWaiting
  | RequestAnswered
  | Swept
  | Faltered
  | CacheRead
  | EmbeddingCalled;
export type Observe = (sight: Sight) => void;

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error';

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
    case 'cache.read':
    case 'job.begun':
      return 'trace';
    case 'embedding.called':
      return 'debug';
    default:
      return 'warn';
  }
};

export const observer =
  (log: Logger, metrics: Metrics): Observe =>
  (sight) => {
    log[levelOf(sight)](sight);
    measure(sight, metrics);
  };

const measure = (
  sight: Sight,
  { jobs, jobsUnderWay, redeliveries, requests, cacheReads, embedding }: Metrics,
): void => {
  switch (sight.name) {
    case 'job.begun':
      jobsUnderWay.inc({ stage: sight.stage });
      break;
    case 'job.settled':
      jobsUnderWay.dec({ stage: sight.stage });
      if (sight.receiveCount > 1) redeliveries.inc({ stage: sight.stage });
      jobs.observe({ stage: sight.stage, fate: sight.fate }, sight.ms / 1000);
      break;
    case 'request.answered':
      requests.observe({ route: sight.route, status: sight.status }, sight.ms / 1000);
      break;
    case 'cache.read':
      cacheReads.inc({ cache: sight.cache, result: sight.hit ? 'hit' : 'miss' });
      break;
    case 'embedding.called':
      embedding.calls.observe({ result: sight.isThrottled ? 'throttled' : 'answered' }, sight.ms / 1000);
      if (sight.isThrottled) break;
      embedding.texts.inc(sight.texts);
      embedding.tokens.inc(sight.tokens ?? 0);
  }
};
