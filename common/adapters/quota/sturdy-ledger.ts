import { AppError, codeOf } from '../../domain/errors.ts';
import { NEW_ACCOUNT, stateOf } from '../../domain/quota/account.ts';
import { type Quota, staticShare } from '../../domain/quota/quota.ts';
import type { Full, Granted, QuotaLedger } from '../../ports/quota-ledger.ts';
import { type Clock, realClock } from '../../runtime/clock.ts';
import { inProcessLedger } from './in-process-ledger.ts';

export interface SturdyLedgerOptions {
  readonly ledger: QuotaLedger;
  readonly quota: Quota;
  /** As many workers as may run at most: each takes as much of the quota while nobody can be asked. */
  readonly workersMost: number;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  /** Told when the ledger goes away, with what it threw, and when it is back. */
  readonly onAway?: ((away: { readonly cause: unknown } | undefined) => void) | undefined;
}

/** How long it is left alone. */
const RETRY_MS = 500;
/** One that has too much to do is asked again after so long, by each at another time. */
const BUSY_MS = 250;
const BUSY_SCATTER_MS = 1_000;
/** One that has turned this worker away for so long counts as away. */
const BUSY_MS_MOST = 10_000;

/**
 * A ledger that grants a static share while the true one cannot be reached or trusted: the quota by the most workers
 * there may be, so that all together stay within it. Whether it is back is asked beside the work, which waits for the
 * first failure alone. One that has too much to do is there: who is turned away comes back later, as if all were given
 * away, unless that goes on for 10 s; a debit throws `throttled`. `state` is the true one's.
 */
export const sturdyLedger = (options: SturdyLedgerOptions): QuotaLedger => {
  const { ledger, quota, workersMost, clock = realClock, random = Math.random, onAway = () => {} } = options;
  const alone = inProcessLedger(staticShare(quota, workersMost), clock);
  let state = stateOf(NEW_ACCOUNT, quota, clock.now());
  let isAway = false;
  let isAsking = false;
  let askAgainAt = 0;
  let busySince: number | undefined;

  const onFailed = (cause: unknown): void => {
    if (!isAway) onAway({ cause });
    isAway = true;
    askAgainAt = clock.now() + RETRY_MS * (0.5 + random());
  };

  const lookForIt = async (): Promise<void> => {
    if (isAsking || clock.now() < askAgainAt) return;
    isAsking = true;
    try {
      await ledger.state();
      isAway = false;
      onAway(undefined);
    } catch (cause) {
      onFailed(cause);
    } finally {
      isAsking = false;
    }
  };

  /** @returns undefined while it is away */
  const asked = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> => {
    if (isAway) {
      void lookForIt();
      return undefined;
    }
    try {
      const answer = await ask();
      busySince = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof AppError) || (error.code === 'throttled' && isStillBusy())) throw error;
      onFailed(error);
      return undefined;
    }
  };

  const isStillBusy = (): boolean => {
    busySince ??= clock.now();
    return clock.now() - busySince < BUSY_MS_MOST;
  };

  const turnedAway = (error: unknown): Full => {
    if (codeOf(error) !== 'throttled') throw error;
    return { kind: 'full', retryInMs: BUSY_MS + random() * BUSY_SCATTER_MS, state };
  };

  return {
    async reserve(cost, report) {
      const answer = await asked((): Promise<Full | Granted> => ledger.reserve(cost, report)).catch(turnedAway);
      if (answer !== undefined) {
        state = answer.state;
        return answer;
      }
      const own = await alone.reserve(cost, report);
      return own.kind === 'full' ? own : { ...own, spans: undefined };
    },
    debit: async (cost, report) => (await asked(() => ledger.debit(cost, report))) ?? alone.debit(cost, report),
    state: () => ledger.state(),
  };
};
