import type { Outcome } from '../fleet/run.ts';
import type { Measured } from '../fleet/sample.ts';
import type { Scenario } from '../fleet/scenario.ts';
import { WRITES_PER_SECOND } from '../models/partition.ts';
import { IN_FLIGHT_MOST } from '../workload/queue.ts';
import { about, percent, rounded } from './figures.ts';
import { tableOf } from './table.ts';

/** A run, and what it was. */
export interface Run {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
}

/** What a service gives at most, and what it is asked for. */
interface Service {
  readonly name: string;
  readonly unit: string;
  readonly most: (scenario: Scenario) => number;
  readonly asked: (measured: Measured, scenario: Scenario) => number;
  /** What it grows with. */
  readonly grows: 'workers' | 'tokens/min';
}

const CHUNKS_PER_JOB = 96;
/** An update of a document's progress is paid by its size: of 2,084 batches, the most, 13 KB. One for each stage. */
const MARK_UNITS = 13;
const MARKS_PER_JOB = 2;

const SERVICES: readonly Service[] = [
  {
    name: 'DynamoDB: ledger item',
    unit: 'writes/s',
    most: () => WRITES_PER_SECOND,
    asked: ({ ledgerWritesPerSecond }) => ledgerWritesPerSecond,
    grows: 'workers',
  },
  {
    name: 'SQS: embed queue',
    unit: 'in flight',
    most: () => IN_FLIGHT_MOST,
    asked: ({ workers }, { worker }) => workers * worker.slots,
    grows: 'workers',
  },
  {
    name: "DynamoDB: one document's progress, were it all one",
    unit: 'write units/s',
    most: () => WRITES_PER_SECOND,
    asked: ({ textsPerSecond }) => (textsPerSecond / CHUNKS_PER_JOB) * MARKS_PER_JOB * MARK_UNITS,
    grows: 'tokens/min',
  },
  {
    name: 'OpenSearch: bulk',
    unit: 'chunks/s',
    most: ({ indexChunksPerSecond }) => indexChunksPerSecond,
    asked: ({ textsPerSecond }) => textsPerSecond,
    grows: 'tokens/min',
  },
];

export interface Ceiling {
  readonly service: Service;
  readonly workers: number;
  readonly asked: number;
  readonly most: number;
  /** Of what it grows with. */
  readonly metAt: number;
}

const ceilingIn = (service: Service, { scenario, outcome }: Run): Ceiling[] => {
  const [steady] = outcome.phases;
  const asked = steady === undefined ? 0 : service.asked(steady, scenario);
  if (steady === undefined || asked === 0) return [];
  const most = service.most(scenario);
  const amount = service.grows === 'workers' ? steady.workers : scenario.bedrock.tokensPerMinute * steady.used;
  return [{ service, workers: steady.workers, asked, most, metAt: (amount * most) / asked }];
};

/**
 * Where each service's ceiling is met, in proportion to the largest fleet that stays below it: beyond, what is asked
 * again and again would be counted as need.
 */
const ceilingsOf = (runs: readonly Run[]): Ceiling[] =>
  SERVICES.flatMap((service) => {
    const inOrder = runs.flatMap((run) => ceilingIn(service, run)).toSorted((a, b) => a.workers - b.workers);
    const found = inOrder.findLast(({ asked, most }) => asked < most) ?? inOrder[0];
    return found === undefined ? [] : [found];
  });

export const ceilingTable = (runs: readonly Run[]): string =>
  tableOf<Ceiling>(
    [
      { title: 'service', cell: ({ service }) => service.name, isText: true },
      { title: 'at workers', cell: ({ workers }) => String(workers) },
      { title: 'asked', cell: ({ asked, service }) => `${rounded(asked)} ${service.unit}` },
      { title: 'takes', cell: ({ most }) => rounded(most) },
      { title: 'share', cell: ({ asked, most }) => percent(asked / most) },
      { title: 'met at about', cell: ({ metAt, service }) => `${about(metAt)} ${service.grows}` },
    ],
    ceilingsOf(runs),
  );
