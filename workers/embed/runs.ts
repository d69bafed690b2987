/** Whole numbers from `first` to before `end`. */
export interface Run {
  readonly first: number;
  readonly end: number;
}

/** Reading on over so many lines that nobody wants is quicker than another request. */
const GAP_MOST = 4;

/** The fewest runs that hold all of some numbers, and between two of them never more than a few that are not wanted. */
export const runsOf = (numbers: readonly number[]): Run[] => {
  const runs: { first: number; end: number }[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && number - last.end <= GAP_MOST) last.end = number + 1;
    else runs.push({ first: number, end: number + 1 });
  }
  return runs;
};
