import type { Logger } from 'pino';
import { measureDocuments } from './document-metrics.ts';
import type { Metrics } from './metrics.ts';
import type { JobSettled, Observe, Sight } from './sight.ts';

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
    case 'quota.back':
    case 'document.ready':
      return 'info';
    case 'cache.read':
    case 'job.begun':
    case 'storage.called':
    case 'vectors.ready':
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
    measureDocuments(sight, metrics.documents);
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
      break;
    case 'quota.away':
    case 'quota.back':
      embedding.quotaAway.set(sight.name === 'quota.away' ? 1 : 0);
      break;
    case 'vectors.ready':
      embedding.vectors.inc({ source: 'made' }, sight.made);
      embedding.vectors.inc({ source: 'reused' }, sight.reused);
  }
};
