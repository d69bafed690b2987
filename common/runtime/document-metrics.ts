import { Counter, Histogram, type Registry } from 'prom-client';
import type { Sight } from './sight.ts';

/** What becomes of documents, what goes wrong with jobs, and what the storage is asked for. */
export interface DocumentMetrics {
  readonly searchable: Histogram;
  readonly bytes: Counter;
  readonly failures: Counter;
  readonly jobErrors: Counter<'stage' | 'code'>;
  readonly jobWaits: Counter<'stage' | 'code'>;
  readonly leasesLost: Counter<'stage'>;
  readonly storageCalls: Counter<'operation'>;
  readonly storageBytes: Counter<'direction'>;
}

/** From a second, which a short text takes, to a day, which a big backlog does. */
const PATIENCE_SECONDS = [1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400];

/** Labels come from closed sets: stages, error codes, operations. */
export const documentMetrics = (register: Registry): DocumentMetrics => {
  const registers = [register];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames, registers });
  return {
    searchable: new Histogram({
      name: 'assistant_document_searchable_seconds',
      help: 'Time from the arrival of a content until search shows it',
      buckets: PATIENCE_SECONDS,
      registers,
    }),
    bytes: counter('assistant_document_bytes_total', 'Bytes of the originals that became searchable'),
    failures: counter('assistant_document_failures_total', 'Documents whose processing ended in an error'),
    jobErrors: counter('assistant_job_errors_total', 'Jobs that ended in an error, dropped ones too', 'stage', 'code'),
    jobWaits: counter('assistant_job_waits_total', 'Waits of a job for what passes by itself', 'stage', 'code'),
    leasesLost: counter('assistant_leases_lost_total', 'Jobs whose lease lapsed while they were worked on', 'stage'),
    storageCalls: counter('assistant_storage_calls_total', 'Calls of the storage for files', 'operation'),
    storageBytes: counter('assistant_storage_bytes_total', 'Bytes read from and written to it', 'direction'),
  };
};

/** Counts what is seen, as far as it is any of these metrics' affair. */
export const measureDocuments = (sight: Sight, metrics: DocumentMetrics): void => {
  switch (sight.name) {
    case 'document.ready':
      metrics.searchable.observe(sight.ms / 1_000);
      metrics.bytes.inc(sight.bytes);
      break;
    case 'document.failed':
      metrics.failures.inc();
      break;
    case 'job.settled':
      if (sight.fate !== 'done') metrics.jobErrors.inc({ stage: sight.stage, code: sight.code });
      break;
    case 'job.waiting':
      metrics.jobWaits.inc({ stage: sight.stage, code: sight.code });
      break;
    case 'lease.lost':
      metrics.leasesLost.inc({ stage: sight.stage });
      break;
    case 'storage.called':
      metrics.storageCalls.inc({ operation: sight.operation });
      if (sight.operation === 'get') metrics.storageBytes.inc({ direction: 'read' }, sight.bytes);
      if (sight.operation === 'put') metrics.storageBytes.inc({ direction: 'written' }, sight.bytes);
  }
};
