/** Milliseconds. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const WARM_UP = 5;

/** How long each takes, one after the other. */
export const timesOf = async <Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<Times> => {
  for (const item of items.slice(0, WARM_UP)) await work(item);
  const times: number[] = [];
  for (const item of items) {
    const started = performance.now();
    await work(item);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
};
