import { AppError } from '../../../common/domain/errors.ts';
import type { Clock } from '../../../common/runtime/clock.ts';
import { tokenBucket } from '../../support/bedrock-stub/bucket.ts';
import type { Random } from '../engine/random.ts';

/** What one partition of DynamoDB takes, and so what one item does, whatever the table's capacity. */
export const WRITES_PER_SECOND = 1_000;

export interface PartitionCounters {
  /** Tried, those included that were throttled or whose condition failed: both are paid. */
  readonly writes: number;
  readonly throttled: number;
}

export interface Partition {
  /** One update of an item under 1 KB; `apply` runs at the moment that it takes hold. Throws `throttled`, or what it throws. */
  write<T>(apply: () => T): Promise<T>;
  /** Reads are cheap, and not limited here. */
  read<T>(look: () => T): Promise<T>;
  counters(): PartitionCounters;
}

const LATENCY_MS = 5;
const SPREAD = 0.4;
const MINUTE = 60;
export interface PartitionOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly writesPerSecond?: number;
}

/** A partition with one hot item: its writes a second and its latency, for a client that tries once. */
export const partition = ({ clock, random, writesPerSecond = WRITES_PER_SECOND }: PartitionOptions): Partition => {
  const quota = { perMinute: writesPerSecond * MINUTE, burstSeconds: 1 };
  const bucket = tokenBucket();
  const busy = new AppError('throttled', 'DynamoDB has too much to do. Try again in a moment.'); // once: stacks are dear
  const counted = { writes: 0, throttled: 0 };

  const isTaken = (): boolean => {
    counted.writes += 1;
    const isWithin = bucket.has(1, quota, clock.now());
    if (isWithin) bucket.take(1);
    else counted.throttled += 1;
    return isWithin;
  };

  const answered = async <T>(apply: () => T, way: number): Promise<T> => {
    try {
      return apply();
    } finally {
      await clock.sleep(way);
    }
  };

  const refuse = (): never => {
    throw busy;
  };

  return {
    async write(apply) {
      const way = random.logNormal(LATENCY_MS, SPREAD) / 2;
      await clock.sleep(way);
      return answered(isTaken() ? apply : refuse, way);
    },
    async read(look) {
      const way = random.logNormal(LATENCY_MS, SPREAD) / 2;
      await clock.sleep(way);
      return answered(look, way);
    },
    counters: () => ({ ...counted }),
  };
};
