import { type Account, debited, NEW_ACCOUNT, reserved, resteered, stateOf } from '../../domain/quota/account.ts';
import type { Cost, Quota, Report } from '../../domain/quota/quota.ts';
import type { QuotaLedger } from '../../ports/quota-ledger.ts';
import { type Clock, realClock } from '../../runtime/clock.ts';

/** A quota that nobody outside this process spends from. */
export const inProcessLedger = (quota: Quota, clock: Clock = realClock): QuotaLedger => {
  let account: Account = NEW_ACCOUNT;
  const keep = (changed: Account): void => {
    account = resteered(changed, quota, clock.now());
  };
  const asked = (cost: Cost, report: Report) => ({ quota, now: clock.now(), cost, report });

  return {
    async reserve(cost, report) {
      const taken = reserved(account, asked(cost, report));
      if ('account' in taken) keep(taken.account);
      const state = stateOf(account, quota, clock.now());
      if ('fullForMs' in taken) return { kind: 'full', retryInMs: taken.fullForMs, state };
      return { kind: 'granted', ...taken.span, spans: account.spans, state };
    },
    async debit(cost, report) {
      const taken = debited(account, asked(cost, report));
      keep(taken.account);
      return { retryInMs: taken.retryInMs };
    },
    state: async () => stateOf(account, quota, clock.now()),
  };
};
