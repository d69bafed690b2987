import { Gauge, Histogram, type Registry } from 'prom-client';
import { STAGE_NAMES, type StageName } from '../domain/stage-name.ts';
import type { Ports } from '../ports/ports.ts';

export interface Metrics {
  readonly jobs: Histogram<'stage' | 'fate'>;
  readonly requests: Histogram<'route' | 'status'>;
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
  requests: new Histogram({
    name: 'assistant_http_request_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers: [register],
  }),
});

/** Fills a gauge stage by stage; one that cannot be read is left out, so that the others are still seen. */
const collecting = <Label extends string>(read: (gauge: Gauge<Label>, stage: StageName) => Promise<void>) =>
  async function (this: Gauge<Label>): Promise<void> {
    this.reset();
    await Promise.allSettled(STAGE_NAMES.map((stage) => read(this, stage)));
  };

/** Gauges that ask the queues each time that they are scraped: for one process of a home. */
export const backlogMetrics = (register: Registry, { queue, deadLetters }: Pick<Ports, 'queue' | 'deadLetters'>) => {
  new Gauge({
    name: 'assistant_queue_messages',
    help: 'Messages in a queue: visible, in flight, delayed',
    labelNames: ['stage', 'state'],
    registers: [register],
    collect: collecting(async (gauge, stage) => {
      const { visible, inFlight, delayed } = await queue.depth(stage);
      gauge.set({ stage, state: 'visible' }, visible);
      gauge.set({ stage, state: 'in_flight' }, inFlight);
      gauge.set({ stage, state: 'delayed' }, delayed);
    }),
  });
  new Gauge({
    name: 'assistant_dead_letters',
    help: 'Messages in a dead-letter queue',
    labelNames: ['stage'],
    registers: [register],
    collect: collecting(async (gauge, stage) => gauge.set({ stage }, await deadLetters.count(stage))),
  });
};
