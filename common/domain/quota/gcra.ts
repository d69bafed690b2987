import type { Cost, Quota, Rates } from './quota.ts';

/**
 * The generic cell rate algorithm as virtual scheduling (ITU-T I.371, annex A), for reservations ahead of time instead of
 * cells: a theoretical arrival time (TAT) says until when a rate is given away. A span of n tokens moves it on by n / rate
 * and is the time in between, which is nobody else's. All times are milliseconds since 1970.
 */
export interface Tats {
  readonly tokens: number;
  readonly requests: number;
  /** Of queries, at their cap; what it says is only ever told, never waited for here. */
  readonly queries: number;
}

export const NO_TATS: Tats = { tokens: 0, requests: 0, queries: 0 };

/** How far ahead a rate may be given away. */
export const HORIZON_MS = 2_500;
/** Nobody reserves so far ahead: whose TAT it was had a wrong clock. */
const STRAY_MS = 10_000;
/** The longest span; who needs more takes several. With the horizon it stays below what counts as stray. */
const SPAN_MS_MOST = 5_000;
/** What queries may take of the quota without waiting, on a mean, and how far they may run ahead of it. */
const QUERY_SHARE = 0.05;
const QUERY_AHEAD_MS = 1_000;

/** A move of each TAT, in ms. */
export type Charges = Tats;

/** Of a span. @param over tokens still owed from before, or below 0 to be given back */
export const chargesOf = ({ tokens, requests }: Cost, over: number, rates: Rates): Charges => ({
  tokens: (tokens + over) / rates.tokensPerMs,
  requests: requests / rates.requestsPerMs,
  queries: 0,
});

/** Of queries, which are charged at once. */
export const queryChargesOf = (cost: Cost, over: number, rates: Rates): Charges => ({
  ...chargesOf(cost, over, rates),
  queries: cost.tokens / (rates.tokensPerMs * QUERY_SHARE),
});

/** A TAT after a charge: time that nobody asked for is gone. */
export const moved = (tat: number, now: number, charge: number): number => Math.max(tat, now) + charge;

export const isStray = (tat: number, now: number): boolean => tat > now + STRAY_MS;

/** How long until something can be reserved; 0: now. */
export const fullForMs = ({ tokens, requests }: Tats, now: number): number =>
  Math.max(0, tokens - now - HORIZON_MS, requests - now - HORIZON_MS);

/** How long further queries have to wait; 0: not at all. */
export const queriesWaitMs = ({ queries }: Tats, now: number): number => Math.max(0, queries - now - QUERY_AHEAD_MS);

/** What is granted of what is asked for: one request at least. */
export const grantable = ({ tokens, requests }: Cost, { tokensPerMs, requestsPerMs }: Rates): Cost => ({
  tokens: Math.min(tokens, SPAN_MS_MOST * tokensPerMs),
  requests: Math.min(requests, Math.max(1, Math.floor(SPAN_MS_MOST * requestsPerMs))),
});

export interface Span extends Cost {
  /** Its tokens and requests belong to the time from here on, evenly. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The span that has moved the TATs to where they are. */
export const spanBefore = ({ tokens, requests }: Tats, cost: Cost, rates: Rates): Span => ({
  ...cost,
  startsAt: Math.max(tokens - cost.tokens / rates.tokensPerMs, requests - cost.requests / rates.requestsPerMs),
  endsAt: Math.max(tokens, requests),
});

/** @param quota says whether requests are counted */
export const dimensionsOf = ({ requestsPerMinute }: Quota): readonly ('tokens' | 'requests')[] =>
  requestsPerMinute === undefined ? ['tokens'] : ['tokens', 'requests'];
