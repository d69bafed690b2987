import { type Activity, type Second, secondOf, sumOf } from './activity.ts';

/** How much of the quota is granted, and what is known of what the service truly gives. */
export interface Steering {
  /** Of the quota, above 0 and up to 1. */
  readonly share: number;
  /** ms since 1970; 0: never. */
  readonly changedAt: number;
  /** The share that went well before the present probes. */
  readonly base: number;
  /** By how much the next probe raises it. */
  readonly step: number;
  /** How long a share has to go well before it is probed again. */
  readonly restMs: number;
}

const FIRST_STEP = 0.01;
const LARGEST_STEP = 0.04;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 240_000;

export const UNTROUBLED: Steering = { share: 1, changedAt: 0, base: 1, step: FIRST_STEP, restMs: FIRST_REST_MS };

/** Below what was measured, so that the service's bucket recovers. */
const BELOW_MEASURED = 0.985;
const TRIM = 0.97;
const LEAST_SHARE = 1 / 64;
/** What is under way when the share is cut still goes at the old rate. */
const AFTERMATH_S = 2;
/** Reports wait for a span that takes them along. */
const REPORTING_S = 2;
const HISTORY_S = 5;
/** Few large calls need longer until they show a rate. */
const SOON_S = 3;
const ENOUGH_CALLS = 20;
const SURELY_S = 6;
const LATE_S = 10;
const LEAST_THROTTLES = 3;
const LEAST_THROTTLED = 0.01;
const PROBE_MS = 5_000;
/** A probe that fails costs a call or two: it should be few of so many. */
const CALLS_BETWEEN_PROBES = 150;
/** After a time in which nothing was served, each share has to go well for so long before it is doubled. */
const DOUBLING_S = 3;
/** A share that is not used shows nothing about itself. */
const PUT_TO_USE = 0.8;

export interface Moment {
  /** ms since 1970 */
  readonly now: number;
  /** Tokens a second at share 1. */
  readonly quota: number;
}

/**
 * What should be granted from now on. When the service throttles although the quota is kept, it gives less than we were
 * told: the share is cut to just below the rate that was truly served, measured over all workers. Later it is probed:
 * raised by steps that double as long as nothing is throttled, and taken back to where it began when something is, after
 * which probes are rarer. When nothing at all was served, that rate says nothing about what there will be: from the least
 * share on it is doubled as long as calls are answered.
 * @returns the same object where nothing changes
 */
export const steered = (steering: Steering, activity: Activity, moment: Moment): Steering => {
  if (steering.base <= LEAST_SHARE) return fromTheLeast(steering, activity, moment);
  if (steering.share > steering.base) return afterProbe(steering, activity, moment);
  const served = servedIn(steering, activity, moment.now);
  if (served !== undefined) {
    const measured = Math.min(served / moment.quota, steering.share) * BELOW_MEASURED;
    return cutTo(measured, steering.restMs, moment);
  }
  if (isTooHigh(steering, activity, moment)) return cutTo(steering.share * TRIM, steering.restMs, moment);
  return isRested(steering, activity, moment) ? raised(steering, moment) : steering;
};

const cutTo = (to: number, restMs: number, { now }: Moment): Steering => {
  const share = Math.max(LEAST_SHARE, to);
  return { share, changedAt: now, base: share, step: FIRST_STEP, restMs };
};

/** Once it has been cut, a call that is throttled says that a little more was measured than there is. */
const isTooHigh = ({ share, changedAt }: Steering, activity: Activity, { now }: Moment): boolean =>
  share < 1 && sumOf(activity, secondOf(changedAt) + AFTERMATH_S, secondOf(now)).throttled > 0;

const raised = (steering: Steering, { now }: Moment): Steering => {
  const share = Math.min(1, steering.share + steering.step);
  return share === 1
    ? { ...UNTROUBLED, changedAt: now }
    : { ...steering, share, changedAt: now, step: Math.min(steering.step * 2, LARGEST_STEP) };
};

const fromTheLeast = (steering: Steering, activity: Activity, moment: Moment): Steering => {
  const { share, changedAt, restMs } = steering;
  const now = secondOf(moment.now);
  const first = Math.max(secondOf(changedAt) + 1, now - DOUBLING_S);
  const { answered, throttled } = sumOf(activity, first, now);
  if (throttled > 0) return share > LEAST_SHARE ? cutTo(share / 2, restMs, moment) : steering;
  if (answered === 0 || now - first < DOUBLING_S) return steering;
  return raised({ ...steering, step: share }, moment);
};

const afterProbe = (steering: Steering, activity: Activity, moment: Moment): Steering => {
  const { changedAt, base, restMs } = steering;
  const { throttled } = sumOf(activity, secondOf(changedAt) + 1, secondOf(moment.now));
  if (throttled > 0) return cutTo(base, Math.min(restMs * 2, LONGEST_REST_MS), moment);
  const isOver = moment.now - changedAt >= PROBE_MS;
  return isOver && isPutToUse(steering, activity, moment) ? raised(steering, moment) : steering;
};

const isPutToUse = ({ share, changedAt }: Steering, activity: Activity, { now, quota }: Moment): boolean => {
  const last = secondOf(now) - 1;
  const first = Math.max(secondOf(changedAt) + 1, last - LATE_S + 1);
  return sumOf(activity, first, last).used >= share * quota * (last - first + 1) * PUT_TO_USE;
};

/** Nothing has been throttled for long, and the service was asked for all that is granted. */
const isRested = (steering: Steering, activity: Activity, moment: Moment): boolean => {
  const last = secondOf(moment.now) - 1;
  const { answered, throttled } = sumOf(activity, last - LATE_S + 1, last);
  const restedMs = moment.now - steering.changedAt;
  const calls = (answered * restedMs) / (LATE_S * 1_000);
  if (steering.share >= 1 || restedMs < steering.restMs) return false;
  if (calls < CALLS_BETWEEN_PROBES && restedMs < LONGEST_REST_MS) return false;
  return throttled === 0 && isPutToUse(steering, activity, moment);
};

/** Tokens a second that were served while too much was throttled; undefined where it was not. */
const servedIn = ({ changedAt }: Steering, activity: Activity, now: number): number | undefined => {
  const last = secondOf(now) - 1;
  const seconds = [...activity].toSorted(([a], [b]) => a - b);
  const [[oldest] = [last]] = seconds;
  if (last + 1 - oldest < HISTORY_S) return undefined;
  const from = Math.max(secondOf(changedAt) + AFTERMATH_S, last - LATE_S + 1);
  const troubled = seconds.find(([second, { throttled }]) => second >= from && throttled > 0)?.[0] ?? last;
  const first = troubled + REPORTING_S; // when the first call was throttled, the bucket was not empty yet
  const sum = sumOf(activity, first, last);
  const length = last - first + 1;
  const isLongEnough = length >= SURELY_S || (length >= SOON_S && sum.answered >= ENOUGH_CALLS);
  return isLongEnough && isTooMuch(sum) ? sum.used / length : undefined;
};

const isTooMuch = ({ answered, throttled }: Second): boolean =>
  throttled >= LEAST_THROTTLES && throttled >= (answered + throttled) * LEAST_THROTTLED;
