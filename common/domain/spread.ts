/**
 * How values are spread, in bounded space: counts in buckets that grow by 2 %, so that a quantile is off by 1 % at most,
 * from any number of values, and JSON keeps it. Values under 1 count as 1.
 * Source: Masson, Rim and Lee, DDSketch, PVLDB 12(12), 2019, section 2.
 */
export interface Spread {
  readonly count: number;
  readonly sum: number;
  /** How many values have ceil(log(value) / log(GROWTH)) = the key. */
  readonly buckets: Readonly<Record<string, number>>;
}

const GROWTH = 1.02;

export const NO_SPREAD: Spread = { count: 0, sum: 0, buckets: {} };

/** With more values. @param values finite, not negative */
export const withValues = (spread: Spread, values: readonly number[]): Spread => {
  const buckets = { ...spread.buckets };
  let { count, sum } = spread;
  for (const value of values) {
    const key = Math.ceil(Math.log(Math.max(1, value)) / Math.log(GROWTH));
    buckets[key] = (buckets[key] ?? 0) + 1;
    count += 1;
    sum += value;
  }
  return { count, sum, buckets };
};

/** Undefined without values. */
export const meanOf = ({ count, sum }: Spread): number | undefined => (count === 0 ? undefined : sum / count);

/** The value that a part of them reaches at most, within 1 %; undefined without values. @param part from 0 to 1 */
export const quantileOf = ({ count, buckets }: Spread, part: number): number | undefined => {
  let left = Math.max(1, Math.ceil(part * count));
  for (const key of Object.keys(buckets)
    .map(Number)
    .sort((a, b) => a - b)) {
    left -= buckets[key] ?? 0;
    if (left <= 0) return (2 * GROWTH ** key) / (GROWTH + 1);
  }
  return undefined;
};
