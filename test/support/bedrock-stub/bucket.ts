export interface Quota {
  readonly perMinute: number;
  readonly burstSeconds: number;
}

/** What one dimension of a quota has left. */
export interface Bucket {
  /** Whether so much may go now; takes nothing. */
  has(amount: number, quota: Quota, now: number): boolean;
  take(amount: number): void;
}

/**
 * A token bucket that is refilled all the time and begins full. More than it can hold at once may go when it is full,
 * and leaves it in debt, so that the mean stays what the quota says. Times are ms.
 */
export const tokenBucket = (): Bucket => {
  let level: number | undefined;
  let refilledAt = 0;
  return {
    has(amount, { perMinute, burstSeconds }, now) {
      const capacity = (perMinute / 60) * burstSeconds;
      const refill = (perMinute / 60_000) * (now - refilledAt);
      level = Math.min(capacity, (level ?? capacity) + refill);
      refilledAt = now;
      return level >= Math.min(amount, capacity);
    },
    take(amount) {
      if (level !== undefined) level -= amount;
    },
  };
};
