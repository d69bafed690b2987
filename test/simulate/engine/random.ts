/** Numbers that look drawn by chance, and are the same for the same seed. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** Whole numbers from 0 to below `end`. */
  below(end: number): number;
  /** Many small and some large ones: half of them are under `median`, two thirds within a factor of e^sigma of it. */
  logNormal(median: number, sigma: number): number;
  /** Another sequence, which this one's further draws do not change. */
  fork(): Random;
}

/** mulberry32: 32 bits of state, passes the tests of gjrand; by Tommy Ettinger, in the public domain. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => bits() / 2 ** 32;
  /** Box and Muller's transform of two even numbers into one of the normal distribution. */
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    below: (end) => Math.floor(next() * end),
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    fork: () => seededRandom(bits()),
  };
};
