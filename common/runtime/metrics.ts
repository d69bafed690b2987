import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type DocumentMetrics, documentMetrics } from './document-metrics.ts';

export interface Metrics {
  readonly jobs: Histogram<'stage' | 'fate'>;
  readonly jobsUnderWay: Gauge<'stage'>;
  readonly redeliveries: Counter<'stage'>;
  readonly requests: Histogram<'route' | 'status'>;
  readonly cacheReads: Counter<'cache' | 'result'>;
  readonly embedding: {
    readonly calls: Histogram<'result'>;
    readonly texts: Counter;
    readonly tokens: Counter;
    readonly vectors: Counter<'source'>;
    readonly quotaAway: Gauge;
  };
  readonly documents: DocumentMetrics;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Labels come from closed sets: stages, fates, the route table, statuses. */
export const metrics = (register: Registry): Metrics => ({
  jobs: new Histogram({
    name: 'assistant_job_seconds',
    help: 'Time from lease to settlement',
    labelNames: ['stage', 'fate'],
    buckets: SECONDS,
    registers: [register],
  }),
  jobsUnderWay: new Gauge({
    name: 'assistant_jobs_under_way',
    help: 'Jobs that a worker holds and has not settled',
    labelNames: ['stage'],
    registers: [register],
  }),
  redeliveries: new Counter({
    name: 'assistant_job_redeliveries_total',
    help: 'Jobs that had been received before: after a crash, a failure or a lost lease',
    labelNames: ['stage'],
    registers: [register],
  }),
  requests: new Histogram({
    name: 'assistant_http_request_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers: [register],
  }),
  cacheReads: new Counter({
    name: 'assistant_cache_reads_total',
    help: 'Look-ups in what is kept for a while: users, tokens, search, queries',
    labelNames: ['cache', 'result'],
    registers: [register],
  }),
  embedding: {
    calls: new Histogram({
      name: 'assistant_embedding_call_seconds',
      help: 'Time of a call of the embedding model',
      labelNames: ['result'],
      buckets: SECONDS,
      registers: [register],
    }),
    texts: new Counter({
      name: 'assistant_embedding_texts_total',
      help: 'Texts that the embedding model has embedded',
      registers: [register],
    }),
    tokens: new Counter({
      name: 'assistant_embedding_tokens_total',
      help: 'Tokens that the embedding model has read',
      registers: [register],
    }),
    quotaAway: new Gauge({
      name: 'assistant_embedding_quota_away',
      help: '1 while this process cannot share the embedding quota and takes a static part of it',
      registers: [register],
    }),
    vectors: new Counter({
      name: 'assistant_vectors_total',
      help: 'Vectors of chunks: made by the embedding model, or reused from an equal text of the same owner',
      labelNames: ['source'],
      registers: [register],
    }),
  },
  documents: documentMetrics(register),
});
