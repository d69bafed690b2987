import { AppError } from '../../../domain/errors.ts';
import { type Account, NEW_ACCOUNT, recoveryMs, stateOf, steeringOf } from '../../../domain/quota/account.ts';
import { fullForMs, queriesWaitMs, spanBefore } from '../../../domain/quota/gcra.ts';
import type { Quota } from '../../../domain/quota/quota.ts';
import type { QuotaLedger } from '../../../ports/quota-ledger.ts';
import { type Clock, realClock } from '../../../runtime/clock.ts';
import type { Expressions } from './expressions.ts';
import { accountOf } from './quota-item.ts';
import { debitOf, spanOf, steeringTo, withoutStray } from './quota-update.ts';
import { clockDifference } from './server-clock.ts';
import { dynamoTable, type Place } from './table.ts';

export interface DynamoQuotaLedgerOptions extends Place {
  /** Names the item: what has a quota of its own. */
  readonly quotaId: string;
  readonly quota: Quota;
  readonly clock?: Clock | undefined;
}

/** Of one write, when others change what it is conditional on. */
const TRIES = 8;
const CONTENDED_MS = 20;
const DIFFERENCE_MS_MOST = 1_000;

/**
 * A quota as one item, which all workers of an account share: a span is one conditional update, and no worker waits for
 * another. Workers are trusted to have the same time; one whose clock is off gets `unavailable`.
 * @param options a client of its own: `clockDifference` looks at its replies
 */
export const dynamoQuotaLedger = (options: DynamoQuotaLedgerOptions): QuotaLedger => {
  const { client, table: name, quotaId, quota, clock = realClock } = options;
  const table = dynamoTable({ client, table: name });
  const key = { quotaId };
  const difference = clockDifference(client, clock);
  let seen: Account | undefined;

  const checkClock = (): void => {
    const ms = difference();
    if (Math.abs(ms) <= DIFFERENCE_MS_MOST) return;
    seen = undefined;
    const off = `${Math.round(Math.abs(ms) / 1_000)} s ${ms > 0 ? 'slow' : 'fast'}`;
    throw new AppError('unavailable', `This machine's clock is ${off}: have it set by a time server.`);
  };

  const read = async (): Promise<Account> => {
    const item = await table.get(key);
    checkClock();
    seen = item === undefined ? NEW_ACCOUNT : accountOf(item);
    return seen;
  };

  /** What the item holds now, and whether it met the condition. */
  const written = async (update: Expressions): Promise<{ isDone: boolean; account: Account }> => {
    let isDone = true;
    const item = await table.update(key, { ...update, returns: 'ALL_NEW' }, (found = {}) => {
      isDone = false;
      return found;
    });
    seen = accountOf(item);
    return { isDone, account: seen };
  };

  const steer = async (account: Account): Promise<Account> => {
    const to = steeringOf(account, quota, clock.now());
    if (to === account.steering) return account;
    return (await written(steeringTo(account, to, recoveryMs(account.steering, to)))).account;
  };

  const grantedTo = async (
    account: Account,
    { granted, rates }: Pick<ReturnType<typeof spanOf>, 'granted' | 'rates'>,
  ) => {
    checkClock();
    const state = stateNow(await steer(account));
    const { tats, spans } = account;
    return { kind: 'granted', ...spanBefore(tats, granted, rates), spans, state } as const;
  };

  const stateNow = (account: Account) => stateOf(account, quota, clock.now());

  return {
    async reserve(cost, report) {
      let account = seen ?? (await read());
      for (let tries = 1; tries <= TRIES; tries += 1) {
        const now = clock.now();
        const sound = withoutStray(account, now);
        const retryInMs = fullForMs(account.tats, now);
        if (sound === undefined && retryInMs > 0) return { kind: 'full', retryInMs, state: stateNow(account) };
        const span = spanOf(account, { quota, now, cost, report });
        const { isDone, account: found } = await written(sound ?? span.update);
        account = found;
        if (sound === undefined && isDone) return grantedTo(found, span);
      }
      return { kind: 'full', retryInMs: CONTENDED_MS, state: stateNow(account) };
    },

    async debit(cost, report) {
      let account = seen ?? (await read());
      for (let tries = 1; tries <= TRIES; tries += 1) {
        const { isDone, account: found } = await written(debitOf(account, { quota, now: clock.now(), cost, report }));
        account = found;
        if (!isDone) continue;
        checkClock();
        await steer(account);
        return { retryInMs: queriesWaitMs(account.tats, clock.now()) };
      }
      throw new AppError('throttled', 'The quota ledger has too much to do. Try again in a moment.');
    },

    async state() {
      return stateNow(await read());
    },
  };
};
