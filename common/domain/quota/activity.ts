import type { Report } from './quota.ts';

/** What was reported in one second. */
export interface Second {
  readonly used: number;
  readonly answered: number;
  readonly throttled: number;
  readonly jobs: number;
}

/** By second since 1970; only those in which something was reported. */
export type Activity = ReadonlyMap<number, Second>;

/** So many seconds are kept. */
export const KEPT_SECONDS = 12;
const WINDOW_SECONDS = 10;

export const secondOf = (now: number): number => Math.floor(now / 1_000);
const IDLE: Second = { used: 0, answered: 0, throttled: 0, jobs: 0 };

const plus = (a: Second, b: Second): Second => ({
  used: a.used + b.used,
  answered: a.answered + b.answered,
  throttled: a.throttled + b.throttled,
  jobs: a.jobs + b.jobs,
});

/** With a report in it, and without what is too old. */
export const recorded = (activity: Activity, { used, answered, throttled, jobs }: Report, now: number): Activity => {
  const second = secondOf(now);
  const kept = [...activity].filter(([each]) => each > second - KEPT_SECONDS && each <= second);
  const seconds = new Map(kept);
  const report = { used, answered, throttled, jobs };
  if (used + answered + throttled + jobs > 0) seconds.set(second, plus(seconds.get(second) ?? IDLE, report));
  return seconds;
};

/** All that was reported in the seconds from `first` to `last`. */
export const sumOf = (activity: Activity, first: number, last: number): Second =>
  [...activity]
    .filter(([second]) => second >= first && second <= last)
    .reduce((sum, [, each]) => plus(sum, each), IDLE);

/** The mean of the last 10 s that are over. */
export const recentOf = (activity: Activity, now: number) => {
  const last = secondOf(now) - 1;
  const { used, answered, throttled, jobs } = sumOf(activity, last - WINDOW_SECONDS + 1, last);
  const perMinute = 60 / WINDOW_SECONDS;
  const calls = answered + throttled;
  return {
    usedPerMinute: used * perMinute,
    jobsPerMinute: jobs * perMinute,
    throttledShare: calls === 0 ? 0 : throttled / calls,
  };
};
