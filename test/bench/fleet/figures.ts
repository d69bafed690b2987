import { loadavg } from 'node:os';
import { jainOf } from '../../support/jain.ts';
import type { Sample } from './crew.ts';
import type { Tally } from './way.ts';

/** What happened between two samples. */
export interface Figures {
  readonly tokensPerSecond: number;
  readonly requestsPerSecond: number;
  readonly chunksPerSecond: number;
  /** Of all calls, 0 to 1. */
  readonly throttled: number;
  readonly textsPerCall: number;
  /** Jobs that were given up. */
  readonly failed: number;
  /** Between the members that are in both: 1 when all do the same. */
  readonly fairness: number;
  /** Of the workers. */
  readonly cpuMsPerChunk: number;
  /** Processor cores that the workers kept busy, and the stub. */
  readonly cores: number;
  readonly stubCores: number;
}

const MS_PER_SECOND = 1_000;

export const figuresOf = (from: Sample, to: Sample): Figures => {
  const seconds = (to.at - from.at) / MS_PER_SECOND;
  const { calls, texts, tokens, throttled } = difference(from, to);
  const done = [...to.members].map(([member, tally]) => since(from.members.get(member), tally));
  const cpuMs = done.reduce((sum, tally) => sum + tally.cpuMs, 0);
  const steady = [...from.members.keys()].map((member) => since(from.members.get(member), to.members.get(member)));
  return {
    tokensPerSecond: tokens / seconds,
    requestsPerSecond: calls / seconds,
    chunksPerSecond: texts / seconds,
    throttled: throttled / Math.max(1, throttled + calls),
    textsPerCall: texts / Math.max(1, calls),
    failed: done.reduce((sum, tally) => sum + tally.failed, 0),
    fairness: jainOf(steady.map((tally) => tally.texts)),
    cpuMsPerChunk: cpuMs / Math.max(1, texts),
    cores: cpuMs / MS_PER_SECOND / seconds,
    stubCores: (to.stubCpuMs - from.stubCpuMs) / MS_PER_SECOND / seconds,
  };
};

const difference = ({ bedrock: from }: Sample, { bedrock: to }: Sample) => ({
  calls: to.calls - from.calls,
  texts: to.texts - from.texts,
  tokens: to.tokens - from.tokens,
  throttled: to.throttled - from.throttled,
});

const NONE: Tally = { texts: 0, jobs: 0, failed: 0, cpuMs: 0 };

const since = (from: Tally = NONE, to: Tally = NONE) => ({
  texts: to.texts - from.texts,
  failed: to.failed - from.failed,
  cpuMs: to.cpuMs - from.cpuMs,
});

/** How much of the processor that took; the load tells what else the machine did. */
export const cpuOf = ({ cores, stubCores, cpuMsPerChunk }: Figures): string => {
  const [load = 0] = loadavg();
  const each = cpuMsPerChunk.toFixed(3);
  return `CPU ${cores.toFixed(2)} cores, ${each} ms a chunk, the stub ${stubCores.toFixed(2)}; load ${load.toFixed(1)}`;
};
