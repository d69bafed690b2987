import type { Pacer } from '../../../common/adapters/aws/bedrock/pacer.ts';
import { seededRandom } from '../engine/random.ts';
import { virtualTime } from '../engine/virtual-time.ts';
import { bedrockModel } from '../models/bedrock.ts';
import { type Partition, partition } from '../models/partition.ts';
import { searchIndexModel } from '../models/search-index.ts';
import type { QueueCounters } from '../workload/workload.ts';
import { openCrew } from './crew.ts';
import { type Drain, drainOf } from './drain.ts';
import { type Measured, measuredBetween, type Sample } from './sample.ts';
import { type Phase, phasesOf, type Scenario } from './scenario.ts';
import type { World } from './worker.ts';

export type MeasuredPhase = Phase & Measured;

export interface Outcome {
  readonly phases: readonly MeasuredPhase[];
  readonly drain: Drain;
  readonly queue: QueueCounters;
  /** Texts that were embedded again, after crashes, as a share of all. */
  readonly again: number;
  /** Of one processor, of the busiest worker. */
  readonly busyShare: number;
  /** What the index is asked to take, as a share of what it takes. */
  readonly indexShare: number;
  readonly events: number;
}

/** What paces each worker of a fleet; they share what this makes once. */
export type OpenPacers = (world: World & { readonly ledgerItem: Partition; readonly workers: number }) => () => Pacer;

const SLICE_MS = 250;
const MINUTE_MS = 60_000;

/** Runs a fleet through virtual time. The same scenario gives the same outcome. */
export const simulate = async (
  scenario: Scenario,
  openPacers: OpenPacers,
  onSlice: (elapsedMs: number) => void = () => {},
): Promise<Outcome> => {
  const time = virtualTime();
  const { clock } = time;
  const random = seededRandom(scenario.seed);
  const chance = () => ({ clock, random: random.fork() });
  const workload = scenario.openWorkload(chance());
  const bedrock = bedrockModel(scenario.bedrock, chance());
  const index = searchIndexModel(scenario.indexChunksPerSecond, clock);
  const ledgerItem = partition(chance());
  const world: World = { ...chance(), workload, bedrock, index };
  const crew = openCrew(scenario, world, openPacers({ ...world, ledgerItem, workers: scenario.workers }));
  const samples: Sample[] = [];
  let allowed = 0;

  while (time.elapsed() < scenario.lengthMs && !workload.isDrained()) {
    await time.run(time.elapsed() + SLICE_MS);
    allowed += (bedrock.settings().tokensPerMinute * SLICE_MS) / MINUTE_MS;
    const counters = { bedrock: bedrock.counters(), ledger: ledgerItem.counters(), workers: crew.tokens() };
    if (!workload.isEbbing()) samples.push({ atMs: time.elapsed(), allowed, ...counters });
    onSlice(time.elapsed());
  }

  const phases = phasesOf(scenario).flatMap((phase) => measuredIn(phase, samples));
  const rate = phases.at(-1)?.textsPerSecond ?? (bedrock.counters().texts * 1_000) / time.elapsed();
  const { texts } = bedrock.counters();
  return {
    phases,
    drain: drainOf(workload, { seconds: time.elapsed() / 1_000, texts, rate, indexSeconds: index.behindMs() / 1_000 }),
    queue: workload.counters(),
    again: Math.max(0, texts / workload.begun().texts - 1),
    busyShare: crew.busiestMs() / time.elapsed(),
    indexShare: rate / scenario.indexChunksPerSecond,
    events: time.events(),
  };
};

const measuredIn = (phase: Phase, samples: readonly Sample[]): MeasuredPhase[] => {
  const inside = samples.filter(({ atMs }) => atMs >= phase.fromMs && atMs < phase.toMs);
  const [first] = inside;
  const last = inside.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  return [{ ...phase, toMs: last.atMs, ...measuredBetween(first, last) }];
};
