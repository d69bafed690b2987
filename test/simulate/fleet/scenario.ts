import type { BedrockSettings } from '../models/bedrock.ts';
import type { OpenWorkload } from '../workload/workload.ts';
import type { WorkerSettings } from './worker.ts';

/** What befalls the fleet, so long after the beginning. */
export type FleetEvent =
  | { readonly kind: 'kill' | 'join'; readonly count: number; readonly atMs: number }
  | { readonly kind: 'halve'; readonly atMs: number };

export interface Scenario {
  readonly workers: number;
  readonly seed: number;
  readonly openWorkload: OpenWorkload;
  readonly bedrock: BedrockSettings;
  readonly worker: WorkerSettings;
  readonly indexChunksPerSecond: number;
  /** Before anything is measured: the fleet finds its rate. */
  readonly warmUpMs: number;
  /** All of it; less where the documents end before. */
  readonly lengthMs: number;
  readonly events: readonly FleetEvent[];
}

/** How long a change may take to settle before it is measured. */
const SETTLE_MS = { kill: 3_000, join: 5_000, halve: 15_000 } as const;

/** A stretch of a run that is measured by itself. */
export interface Phase {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

const nameOf = (event: FleetEvent): string => {
  const at = `at ${event.atMs / 1_000} s`;
  return event.kind === 'halve' ? `quota halved ${at}` : `${event.kind} ${event.count} ${at}`;
};

/** The time before the first event, and after each until the next. */
export const phasesOf = ({ warmUpMs, lengthMs, events }: Scenario): Phase[] => {
  const inOrder = events.toSorted((a, b) => a.atMs - b.atMs);
  const starts = [
    { name: 'steady', fromMs: warmUpMs },
    ...inOrder.map((event) => ({ name: nameOf(event), fromMs: event.atMs + SETTLE_MS[event.kind] })),
  ];
  return starts
    .map((start, place) => ({ ...start, toMs: inOrder[place]?.atMs ?? lengthMs }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
};
