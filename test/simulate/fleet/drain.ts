import type { Workload } from '../workload/workload.ts';

/** When all documents have their vectors. */
export interface Drain {
  readonly seconds: number;
  /** The run ended before: what was left is taken to go on as it went last. */
  readonly isExtrapolated: boolean;
  /** What the index is behind by at the end of the run. */
  readonly indexSeconds: number;
}

interface State {
  /** Since the beginning. */
  readonly seconds: number;
  /** Embedded until now, and a second. */
  readonly texts: number;
  readonly rate: number;
  readonly indexSeconds: number;
}

export const drainOf = (workload: Workload, { seconds, texts, rate, indexSeconds }: State): Drain => {
  if (workload.isDrained()) return { seconds, isExtrapolated: false, indexSeconds };
  const begun = workload.begun();
  const left = (workload.documents - begun.documents) * workload.textsPerDocument + begun.texts - texts;
  return { seconds: seconds + left / rate, isExtrapolated: true, indexSeconds };
};
