import type { MeasuredPhase, Outcome } from '../fleet/run.ts';
import { duration, percent, rounded } from './figures.ts';
import { type Column, tableOf } from './table.ts';

interface Line {
  readonly phase: MeasuredPhase;
  readonly outcome: Outcome;
  readonly isLast: boolean;
}

/** Fewer calls than that a worker say nothing about how they share. */
const CALLS_TO_JUDGE = 5;

const drained = ({ drain }: Outcome): string => `${drain.isExtrapolated ? 'about ' : ''}${duration(drain.seconds)}`;

const COLUMNS: readonly Column<Line>[] = [
  { title: 'workers', cell: ({ phase }) => String(phase.workers) },
  { title: 'phase', cell: ({ phase }) => phase.name, isText: true },
  { title: 'quota used', cell: ({ phase }) => percent(phase.used) },
  { title: 'throttled', cell: ({ phase }) => percent(phase.throttled, 2) },
  {
    title: 'fairness',
    cell: ({ phase }) => (phase.callsPerWorker < CALLS_TO_JUDGE ? '-' : phase.fairness.toFixed(3)),
  },
  { title: 'calls a worker', cell: ({ phase }) => rounded(phase.callsPerWorker) },
  { title: 'chunks/s', cell: ({ phase }) => rounded(phase.textsPerSecond) },
  { title: 'ledger writes/s', cell: ({ phase }) => rounded(phase.ledgerWritesPerSecond) },
  { title: 'of them throttled', cell: ({ phase }) => percent(phase.ledgerThrottled) },
  { title: 'SQS in flight', cell: ({ outcome }) => rounded(outcome.queue.inFlightMost) },
  { title: 'CPU, busiest', cell: ({ outcome }) => percent(outcome.busyShare, 0) },
  { title: 'index', cell: ({ outcome }) => percent(outcome.indexShare, 0) },
  { title: 'again', cell: ({ outcome }) => percent(outcome.again, 2) },
  { title: 'drained after', cell: ({ outcome, isLast }) => (isLast ? drained(outcome) : '') },
];

/** A line for each phase of each run. */
export const fleetTable = (outcomes: readonly Outcome[]): string =>
  tableOf(
    COLUMNS,
    outcomes.flatMap((outcome) =>
      outcome.phases.map((phase, place) => ({ phase, outcome, isLast: place === outcome.phases.length - 1 })),
    ),
  );
