import type { ErrorCode } from '../domain/errors.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StageName } from '../domain/stage-name.ts';

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
  readonly name: 'sweep.failed' | 'count.failed' | 'worker.ended';
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

/** A batch's chunks have their vectors. */
export interface VectorsReady {
  readonly name: 'vectors.ready';
  /** Texts that the embedding model was asked for. */
  readonly made: number;
  /** Chunks that have the vector of an equal text of the same owner. */
  readonly reused: number;
}

/** Search shows a document's newest content. */
export interface DocumentReady {
  readonly name: 'document.ready';
  /** Since that content arrived. */
  readonly ms: number;
  /** Of the original. */
  readonly bytes: number;
  readonly documentId: string;
}

/** A document's processing has ended in an error, of which its owner is told. */
export interface DocumentFailed {
  readonly name: 'document.failed';
  readonly documentId: string;
}

/** A job went on longer than its lease held: another worker may have it by now. */
export interface LeaseLost {
  readonly name: 'lease.lost';
  readonly stage: StageName;
  readonly documentId?: string | undefined;
}

/** The storage has done what it was asked for. */
export interface StorageCalled {
  readonly name: 'storage.called';
  readonly operation: 'get' | 'put' | 'list' | 'delete';
  /** Read or written. */
  readonly bytes: number;
}

/** The embedding quota cannot be shared: this process takes its static part of it. */
export interface QuotaAway {
  readonly name: 'quota.away';
  readonly cause: unknown;
}

/** It is shared again. */
export interface QuotaBack {
  readonly name: 'quota.back';
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
  | EmbeddingCalled
  | QuotaAway
  | QuotaBack
  | VectorsReady
  | DocumentReady
  | DocumentFailed
  | LeaseLost
  | StorageCalled;
export type Observe = (sight: Sight) => void;
