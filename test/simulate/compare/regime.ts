import { countTokens } from '../../support/bedrock-stub/tokens.ts';
import { WORKER } from '../fleet/defaults.ts';
import type { Scenario } from '../fleet/scenario.ts';
import { loopWorkload } from '../workload/loop.ts';
import type { Job } from '../workload/workload.ts';

/** What both sides of a comparison are given. */
export interface Regime {
  readonly name: string;
  /** Workers in each. */
  readonly fleets: readonly number[];
  readonly tokensPerMinute: number;
  readonly burstSeconds: number;
  readonly latencyMs: number;
  readonly msPerText: number;
  readonly slots: number;
  readonly warmUpMs: number;
  readonly lengthMs: number;
}

const SHORT = { burstSeconds: 5, latencyMs: 100, msPerText: 1, slots: 20, warmUpMs: 4_000, lengthMs: 12_000 };

/** One in which the quota bounds the fleet, and one in which latency and packing do. */
export const REGIMES: readonly Regime[] = [
  { ...SHORT, name: 'quota', fleets: [1, 4, 16], tokensPerMinute: 6_000_000 },
  { ...SHORT, name: 'latency', fleets: [1, 4], tokensPerMinute: 1_000_000_000, latencyMs: 400, slots: 4 },
];

/** The simulation of what `realRun` measures. */
export const simulated = (regime: Regime, workers: number, jobs: readonly Job[]): Scenario => ({
  workers,
  seed: 1,
  openWorkload: loopWorkload(jobs, countTokens),
  bedrock: { ...regime, spread: 0 },
  worker: { ...WORKER, slots: regime.slots, msPerJob: 0, readMs: 0, writeMs: 0 },
  indexChunksPerSecond: Number.POSITIVE_INFINITY,
  warmUpMs: regime.warmUpMs,
  lengthMs: regime.lengthMs,
  events: [],
});
