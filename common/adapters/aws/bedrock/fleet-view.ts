import { type Quota, type Rates, ratesOf } from '../../../domain/quota/quota.ts';
import { SHARERS_AT_FIRST, sharersAfter } from '../../../domain/quota/share.ts';
import type { Full, Granted } from '../../../ports/quota-ledger.ts';
import type { Clock } from '../../../runtime/clock.ts';

/** A worker that had nothing to do for so long cannot tell from its spans how many share. */
const UNINTERRUPTED_MS = 500;

/** What one worker knows of the quota and of the others who share it, by the ledger's answers. */
export interface FleetView {
  /** What is granted to all. */
  rates(): Rates;
  sharers(): number;
  /** Tokens of this worker's fair rate in a time. */
  ownTokens(ms: number): number;
  /** Requests of it; infinite where the service does not count them. */
  ownRequests(ms: number): number;
  /** Whether the service counts requests. */
  countsRequests(): boolean;
  answered(answer: Granted | Full): void;
  /** A call has been made since the last span was granted. */
  spent(): void;
}

/** @param quota until the ledger has answered */
export const fleetView = (quota: Quota, clock: Clock): FleetView => {
  let limits: Quota = quota;
  let share = 1;
  let sharers: number | undefined;
  let last: { spans: number; endsAt: number } | undefined;
  let hasSpent = false;

  const rates = () => ratesOf(limits, share);
  const sharersNow = () => sharers ?? SHARERS_AT_FIRST;

  const count = ({ spans, endsAt }: Granted): void => {
    if (spans === undefined) {
      sharers = 1;
      last = undefined;
      return;
    }
    const isSteady = hasSpent && last !== undefined && clock.now() - last.endsAt < UNINTERRUPTED_MS;
    if (isSteady && last !== undefined) sharers = sharersAfter(sharers, spans - last.spans);
    last = { spans, endsAt };
    hasSpent = false;
  };

  return {
    rates,
    sharers: sharersNow,
    ownTokens: (ms) => (rates().tokensPerMs * ms) / sharersNow(),
    ownRequests: (ms) => (rates().requestsPerMs * ms) / sharersNow(),
    countsRequests: () => limits.requestsPerMinute !== undefined,
    answered(answer) {
      limits = answer.state;
      share = answer.state.grantedPerMinute / answer.state.tokensPerMinute;
      if (answer.kind === 'granted') count(answer);
    },
    spent() {
      hasSpent = true;
    },
  };
};
