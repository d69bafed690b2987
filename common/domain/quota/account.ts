import { type Activity, recentOf, recorded } from './activity.ts';
import { type Steering, steered, UNTROUBLED } from './feedback.ts';
import {
  chargesOf,
  dimensionsOf,
  fullForMs,
  grantable,
  isStray,
  moved,
  NO_TATS,
  queriesWaitMs,
  queryChargesOf,
  type Span,
  spanBefore,
  type Tats,
} from './gcra.ts';
import { type Cost, type Quota, type Report, ratesOf } from './quota.ts';

/** All that a ledger remembers of one quota. */
export interface Account {
  readonly tats: Tats;
  /** How many have ever been granted. */
  readonly spans: number;
  readonly steering: Steering;
  readonly activity: Activity;
}

export const NEW_ACCOUNT: Account = { tats: NO_TATS, spans: 0, steering: UNTROUBLED, activity: new Map() };

/** What is asked of an account: `cost` now, and what became of earlier calls. */
export interface Asked {
  readonly quota: Quota;
  /** ms since 1970 */
  readonly now: number;
  readonly cost: Cost;
  readonly report: Report;
}

/** Tokens and requests that are granted, and what they and the report move. */
export const spanChargesOf = ({ steering }: Account, { quota, cost, report }: Asked) => {
  const rates = ratesOf(quota, steering.share);
  const granted = grantable(cost, rates);
  return { granted, rates, charges: chargesOf(granted, report.over, rates), dimensions: dimensionsOf(quota) };
};

export const debitChargesOf = ({ steering }: Account, { quota, cost, report }: Asked) => ({
  charges: queryChargesOf(cost, report.over, ratesOf(quota, steering.share)),
  dimensions: [...dimensionsOf(quota), 'queries'] as const,
});

const movedTats = (
  tats: Tats,
  now: number,
  { charges, dimensions }: { charges: Tats; dimensions: readonly (keyof Tats)[] },
): Tats => ({
  ...tats,
  ...Object.fromEntries(dimensions.map((name) => [name, moved(tats[name], now, charges[name])])),
});

/** A span, or for how many ms everything is given away. */
export const reserved = (account: Account, asked: Asked): { account: Account; span: Span } | { fullForMs: number } => {
  const sound = withoutStrays(account, asked.now);
  const wait = fullForMs(sound.tats, asked.now);
  if (wait > 0) return { fullForMs: wait };
  const move = spanChargesOf(sound, asked);
  const tats = movedTats(sound.tats, asked.now, move);
  const spent = { ...reported(sound, asked.report, asked.now), tats, spans: sound.spans + 1 };
  return { account: spent, span: spanBefore(tats, move.granted, move.rates) };
};

/** Queries are charged at once; the second value says how long further ones should wait, in ms. */
export const debited = (account: Account, asked: Asked): { account: Account; retryInMs: number } => {
  const tats = movedTats(account.tats, asked.now, debitChargesOf(account, asked));
  return {
    account: { ...reported(account, asked.report, asked.now), tats },
    retryInMs: queriesWaitMs(tats, asked.now),
  };
};

/** With a report taken; nothing is charged but what was spent over its reservation. */
const reported = (account: Account, report: Report, now: number): Account => ({
  ...account,
  activity: recorded(account.activity, report, now),
});

/** A TAT so far ahead that a wrong clock must have made it starts anew. */
const withoutStrays = (account: Account, now: number): Account => {
  const { tokens, requests, queries } = account.tats;
  const sound = (tat: number): number => (isStray(tat, now) ? now : tat);
  return { ...account, tats: { tokens: sound(tokens), requests: sound(requests), queries } };
};

const SECOND_MS = 1_000;
const RECOVERY_MS = 500;

/** What should be granted from now on; the account's own steering where nothing changes. */
export const steeringOf = ({ steering, activity }: Account, quota: Quota, now: number): Steering =>
  steered(steering, activity, { now, quota: ratesOf(quota).tokensPerMs * SECOND_MS });

/** For how many ms nothing is granted after a change, so that the service's bucket recovers. */
export const recoveryMs = (before: Steering, after: Steering): number => (after.share < before.share ? RECOVERY_MS : 0);

export const resteered = (account: Account, quota: Quota, now: number): Account => {
  const steering = steeringOf(account, quota, now);
  const tokens = account.tats.tokens + recoveryMs(account.steering, steering);
  return { ...account, steering, tats: { ...account.tats, tokens } };
};

/** As the port says. */
export const stateOf = (account: Account, quota: Quota, now: number) => ({
  ...quota,
  grantedPerMinute: quota.tokensPerMinute * account.steering.share,
  ...recentOf(account.activity, now),
});
