import type { Quota } from '../../../domain/quota/quota.ts';
import { callTokens, spanCost } from '../../../domain/quota/share.ts';
import type { Full, Granted, QuotaLedger } from '../../../ports/quota-ledger.ts';
import { type Clock, realClock } from '../../../runtime/clock.ts';
import { fleetView } from './fleet-view.ts';
import { heldSpans } from './held-spans.ts';
import { type Demand, type Pacer, pauses, type Turn } from './pacer.ts';
import { spending } from './spending.ts';

export interface LedgerPacerOptions {
  readonly ledger: QuotaLedger;
  /** What the ledger keeps; until it has answered. */
  readonly quota: Quota;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/** Who finds all given away comes back at different times, spread twice as far each time in a row. */
const SCATTER_MS = 50;
const SCATTER_MS_MOST = 4_000;
/** A refund is at most so much of this worker's own rate. */
const REFUND_MS = 500;
/** With less than this of its own rate at hand, a worker asks for more. */
const AT_HAND_MS = 250;

/** What goes next, in tokens as the service counts them. */
interface Wanted {
  readonly call: number;
  readonly all: number;
  /** A smaller call is not worth its overhead. */
  readonly enough: number;
}

/** Spends spans of the ledger at their times, so that the service never sees more than the quota. */
export const ledgerPacer = (options: LedgerPacerOptions): Pacer & AsyncDisposable => {
  const { ledger, quota, clock = realClock, random = Math.random } = options;
  const held = heldSpans();
  const fleet = fleetView(quota, clock);
  const pause = pauses(clock, random);
  const spent = spending({ ledger, clock, pause, refundMost: () => fleet.ownTokens(REFUND_MS) });
  let asking: Promise<Granted | Full> | undefined;
  let fulls = 0;

  const askNow = async (wanted: Pick<Wanted, 'call' | 'all'>): Promise<Granted | Full> => {
    const cost = spanCost(wanted, fleet.rates(), fleet.sharers());
    try {
      const answer = await spent.reporting(
        (report) => ledger.reserve(cost, report),
        ({ kind }) => kind === 'granted',
      );
      fleet.answered(answer);
      fulls = answer.kind === 'full' ? fulls + 1 : 0;
      const requests = fleet.countsRequests() ? undefined : { requests: Number.POSITIVE_INFINITY };
      if (answer.kind === 'granted') held.add({ ...answer, ...requests });
      return answer;
    } finally {
      asking = undefined;
    }
  };

  /** One at a time. */
  const ask = (wanted: Pick<Wanted, 'call' | 'all'>): Promise<Granted | Full> => {
    asking ??= askNow(wanted);
    return asking;
  };

  const wantedOf = ({ least, call, all }: Demand): Wanted => {
    const factor = spent.factor();
    const wanted = Math.ceil(Math.max(least, call) * factor);
    return { call: wanted, all: Math.ceil(all * factor), enough: Math.ceil(Math.max(least * factor, wanted / 2)) };
  };

  const isShort = (tokens: number, requests: number): boolean =>
    held.tokens() < Math.min(tokens, fleet.ownTokens(AT_HAND_MS)) ||
    held.requests() < Math.min(requests, fleet.ownRequests(AT_HAND_MS));

  const take = ({ call, all }: Wanted, now: number): Turn => {
    const tokens = held.take(call, now);
    fleet.spent();
    const left = all - tokens;
    if (isShort(left, Math.ceil(left / call))) {
      ask({ call: Math.min(call, left), all: left }).catch(() => undefined); // who needs it asks again, and is told
    }
    return spent.turn(tokens);
  };

  /** Gets what is missing, or lets the time come. */
  const wait = async (wanted: Wanted, readyAt: number | undefined, signal: AbortSignal): Promise<void> => {
    if (readyAt !== undefined) return clock.sleep(readyAt - clock.now(), signal);
    const answer = await ask(wanted);
    if (answer.kind === 'granted') return;
    const scatter = Math.min(SCATTER_MS_MOST, SCATTER_MS * 2 ** (fulls - 1));
    await clock.sleep(answer.retryInMs + random() * scatter, signal);
  };

  return {
    room: () => callTokens(fleet.rates(), fleet.sharers()) / spent.factor(),

    async reserve(demand, signal) {
      for (;;) {
        await pause.over(signal);
        const now = clock.now();
        const expired = held.expired(now);
        if (expired > 0) spent.giveBack(expired);
        const wanted = wantedOf(demand());
        if (wanted.all === 0) return spent.turn(0);
        const readyAt = held.readyAt(wanted.enough);
        if (readyAt !== undefined && readyAt <= now) return take(wanted, now);
        await wait(wanted, readyAt, signal);
      }
    },

    debit: (tokens, signal) => spent.query(tokens, signal),

    async [Symbol.asyncDispose]() {
      await asking?.catch(() => undefined);
      const unspent = held.tokens();
      if (unspent > 0) spent.giveBack(unspent);
      await spent[Symbol.asyncDispose]();
    },
  };
};
