import type { Span } from '../domain/quota/gcra.ts';
import type { Cost, Report } from '../domain/quota/quota.ts';

/** How it stands with the quota, for all who share it. Rates are means of the last 10 s. */
export interface QuotaState {
  readonly tokensPerMinute: number;
  readonly requestsPerMinute?: number | undefined;
  /** Tokens a minute that are given out at present: less than the quota after the service has throttled. */
  readonly grantedPerMinute: number;
  /** Tokens a minute as the service counted them. */
  readonly usedPerMinute: number;
  /** Of all calls, 0 to 1. */
  readonly throttledShare: number;
  /** Callers a minute whose texts were all embedded. */
  readonly jobsPerMinute: number;
}

/** Time in which tokens and requests belong to one who asked for them, and to nobody else. */
export interface Granted extends Span {
  readonly kind: 'granted';
  /** How many spans have ever been granted, to all; undefined where nobody else is reckoned with. */
  readonly spans: number | undefined;
  readonly state: QuotaState;
}

/** All is given away for as far ahead as may be. */
export interface Full {
  readonly kind: 'full';
  readonly retryInMs: number;
  readonly state: QuotaState;
}

/**
 * One account's quota, tokens a minute and perhaps requests a minute, which all its workers share. Times are milliseconds
 * since 1970. Any method may throw `unavailable` or `throttled`.
 */
export interface QuotaLedger {
  /**
   * A span that begins where the last one ended, or now. May be less than was asked for; then ask again. What `report`
   * says was spent over its reservation is charged with it, or refunded. The report is taken with a grant alone.
   */
  reserve(cost: Cost, report: Report): Promise<Granted | Full>;
  /**
   * Charges queries, which wait for nothing and have gone already: spans begin later instead. Takes the report, with no
   * cost where there is nothing else to say.
   * @returns how long further queries should wait: 0 up to 5 % of the quota
   */
  debit(cost: Cost, report: Report): Promise<{ readonly retryInMs: number }>;
  /** Undefined where nothing is rationed. */
  state(): Promise<QuotaState | undefined>;
}
