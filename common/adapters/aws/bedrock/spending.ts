import type { ErrorCode } from '../../../domain/errors.ts';
import { factorOf, learned, UNCORRECTED } from '../../../domain/quota/correction.ts';
import { added, type Cost, NOTHING, type Report } from '../../../domain/quota/quota.ts';
import type { QuotaLedger } from '../../../ports/quota-ledger.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { Pause, Settled, Turn } from './pacer.ts';

export interface SpendingOptions {
  readonly ledger: QuotaLedger;
  readonly clock: Clock;
  readonly pause: Pause;
  /** Tokens: a refund is given out again at once, on top of the rate; the rest of a larger one waits. */
  readonly refundMost: () => number;
}

/** What calls have cost, until the ledger is told; and what that teaches about estimates. */
export interface Spending extends AsyncDisposable {
  /** Counted tokens of one estimated. */
  factor(): number;
  /** @param counted what was reserved for it, as the service would count it */
  turn(counted: number): Turn;
  /** Reserved, and not spent in time. */
  giveBack(tokens: number): void;
  /** Resolves when a query may go, which is at once, but for too many of them. */
  query(estimated: number, signal: AbortSignal): Promise<Turn>;
  /** Gives what there is to report to who takes it to the ledger; it stays where that fails or is refused. */
  reporting<Answer>(send: (report: Report) => Promise<Answer>, isTaken: (answer: Answer) => boolean): Promise<Answer>;
}

/** How long a report may wait for a span that takes it along. */
const REPORT_MS = 500;
const DEBIT_MS = 50;
const NO_COST: Cost = { tokens: 0, requests: 0 };

export const spending = ({ ledger, clock, pause, refundMost }: SpendingOptions): Spending => {
  let correction = UNCORRECTED;
  let report = NOTHING;
  let debits = NO_COST;
  let queriesFrom = 0;
  let telling: { at: number; cancel(): void } | undefined;

  const factor = () => factorOf(correction);
  const addDebit = ({ tokens, requests }: Cost): void => {
    debits = { tokens: debits.tokens + tokens, requests: debits.requests + requests };
  };

  const note = (part: Partial<Report>): void => {
    report = added(report, part);
    tellIn(REPORT_MS);
  };

  const takeReport = (): Report => {
    const over = Math.max(report.over, -refundMost());
    const taken = { ...report, over };
    report = { ...NOTHING, over: report.over - over };
    return taken;
  };

  const reporting: Spending['reporting'] = async (send, isTaken) => {
    const taken = takeReport();
    let isDone = false;
    try {
      const answer = await send(taken);
      isDone = isTaken(answer);
      return answer;
    } finally {
      if (!isDone) report = added(report, taken);
    }
  };

  /** Tells what no span has taken along. */
  const tell = async (): Promise<void> => {
    telling = undefined;
    const hasReport = Object.values(report).some((value) => value !== 0);
    if (debits.requests === 0 && !hasReport) return;
    const cost = debits;
    debits = NO_COST;
    try {
      const { retryInMs } = await reporting(
        (taken) => ledger.debit(cost, taken),
        () => true,
      );
      queriesFrom = clock.now() + retryInMs;
    } catch {
      addDebit(cost); // it goes with the next
    }
  };

  const tellIn = (ms: number): void => {
    const at = clock.now() + ms;
    if (telling !== undefined && telling.at <= at) return;
    telling?.cancel();
    telling = { at, ...clock.after(ms, () => void tell()) };
  };

  const settle = (reserved: number, { sent, spent = Math.round(sent * factor()), jobs }: Settled): void => {
    pause.answered();
    if (sent > 0 && spent > 0) correction = learned(correction, sent, spent);
    note({ used: spent, over: spent - reserved, answered: sent > 0 ? 1 : 0, jobs });
  };

  const turn = (counted: number): Turn => ({
    tokens: Math.floor(counted / factor()),
    settle: (call) => settle(counted, call),
    failed(code: ErrorCode) {
      if (code === 'throttled') note({ throttled: 1 });
      else pause.failed();
    },
  });

  return {
    factor,
    turn,
    giveBack: (tokens) => note({ over: -tokens }),
    async query(estimated, signal) {
      while (queriesFrom > clock.now()) await clock.sleep(queriesFrom - clock.now(), signal);
      const counted = Math.ceil(estimated * factor());
      addDebit({ tokens: counted, requests: 1 });
      tellIn(DEBIT_MS);
      return turn(counted);
    },
    reporting,
    async [Symbol.asyncDispose]() {
      telling?.cancel();
      await tell();
    },
  };
};
