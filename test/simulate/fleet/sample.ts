import { jainOf } from '../../support/jain.ts';
import type { BedrockCounters } from '../models/bedrock.ts';
import type { PartitionCounters } from '../models/partition.ts';

/** What is known at one moment. */
export interface Sample {
  readonly atMs: number;
  /** Tokens that the quota has given until now. */
  readonly allowed: number;
  readonly bedrock: BedrockCounters;
  readonly ledger: PartitionCounters;
  /** Tokens by worker; only those that run. */
  readonly workers: ReadonlyMap<number, number>;
}

/** What happened between two moments. */
export interface Measured {
  readonly seconds: number;
  readonly workers: number;
  /** Share of the quota that was used. */
  readonly used: number;
  /** Share of the calls that were throttled. */
  readonly throttled: number;
  /** Jain's index over the workers that ran all the time: 1 if all got the same. */
  readonly fairness: number;
  readonly callsPerWorker: number;
  readonly textsPerSecond: number;
  readonly ledgerWritesPerSecond: number;
  readonly ledgerThrottled: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const measuredBetween = (before: Sample, after: Sample): Measured => {
  const seconds = (after.atMs - before.atMs) / 1_000;
  const calls = after.bedrock.calls - before.bedrock.calls;
  const throttled = after.bedrock.throttled - before.bedrock.throttled;
  const writes = after.ledger.writes - before.ledger.writes;
  const gains = [...after.workers].flatMap(([id, tokens]) => {
    const old = before.workers.get(id);
    return old === undefined ? [] : [tokens - old];
  });
  return {
    seconds,
    workers: after.workers.size,
    used: share(after.bedrock.tokens - before.bedrock.tokens, after.allowed - before.allowed),
    throttled: share(throttled, calls + throttled),
    fairness: jainOf(gains) || 1,
    callsPerWorker: share(calls, after.workers.size),
    textsPerSecond: share(after.bedrock.texts - before.bedrock.texts, seconds),
    ledgerWritesPerSecond: share(writes, seconds),
    ledgerThrottled: share(after.ledger.throttled - before.ledger.throttled, writes),
  };
};
