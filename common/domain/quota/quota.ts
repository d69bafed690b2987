/** What the service lets an account do a minute. Its two dimensions are independent: a call has to find room in both. */
export interface Quota {
  readonly tokensPerMinute: number;
  /** Absent where the service does not count calls. */
  readonly requestsPerMinute?: number | undefined;
}

export interface Cost {
  readonly tokens: number;
  readonly requests: number;
}

/** What has become of calls since the last report. Reports add up. */
export interface Report {
  /** Tokens of answered calls, as the service counted them. */
  readonly used: number;
  /** By how many tokens calls cost more than had been reserved for them; below 0: less, which is refunded. */
  readonly over: number;
  readonly answered: number;
  readonly throttled: number;
  /** Callers whose last text was answered. */
  readonly jobs: number;
}

export const NOTHING: Report = { used: 0, over: 0, answered: 0, throttled: 0, jobs: 0 };

export const added = (a: Report, b: Partial<Report>): Report => ({
  used: a.used + (b.used ?? 0),
  over: a.over + (b.over ?? 0),
  answered: a.answered + (b.answered ?? 0),
  throttled: a.throttled + (b.throttled ?? 0),
  jobs: a.jobs + (b.jobs ?? 0),
});

const MINUTE_MS = 60_000;

export interface Rates {
  readonly tokensPerMs: number;
  /** Infinity where calls are not counted. */
  readonly requestsPerMs: number;
}

/** @param share how much of the quota is granted, above 0 and up to 1 */
export const ratesOf = ({ tokensPerMinute, requestsPerMinute }: Quota, share = 1): Rates => ({
  tokensPerMs: (tokensPerMinute * share) / MINUTE_MS,
  requestsPerMs: requestsPerMinute === undefined ? Number.POSITIVE_INFINITY : (requestsPerMinute * share) / MINUTE_MS,
});

/** Of a quota that as many workers may share without knowing of each other. */
export const staticShare = ({ tokensPerMinute, requestsPerMinute }: Quota, workers: number): Quota => ({
  tokensPerMinute: tokensPerMinute / workers,
  ...(requestsPerMinute !== undefined && { requestsPerMinute: requestsPerMinute / workers }),
});
