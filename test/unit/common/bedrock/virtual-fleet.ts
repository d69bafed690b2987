import { ledgerPacer } from '../../../../common/adapters/aws/bedrock/ledger-pacer.ts';
import { openPacker } from '../../../../common/adapters/aws/bedrock/packer.ts';
import { inProcessLedger } from '../../../../common/adapters/quota/in-process-ledger.ts';
import { sturdyLedger } from '../../../../common/adapters/quota/sturdy-ledger.ts';
import { AppError } from '../../../../common/domain/errors.ts';
import type { Quota } from '../../../../common/domain/quota/quota.ts';
import type { QuotaLedger } from '../../../../common/ports/quota-ledger.ts';
import { seededRandom } from '../../../simulate/engine/random.ts';
import { virtualTime } from '../../../simulate/engine/virtual-time.ts';
import { tokenBucket } from '../../../support/bedrock-stub/bucket.ts';

interface Settings {
  readonly quota: Quota;
  /** Of the texts' own tokens: what the service counts. */
  readonly countsTimes: number;
  readonly textsPerCall: number;
  readonly workersMost: number;
}

const DEFAULTS: Settings = {
  quota: { tokensPerMinute: 2_000_000 },
  countsTimes: 1,
  textsPerCall: 96,
  workersMost: 16,
};

const BURST_SECONDS = 2;
const LEDGER_MS = 10;
const JITTER_MS = 20;
const ANSWER_MS = 200;
const CALLERS = 20;
const TEXTS = 96;
const CHARACTERS_OF_A_TOKEN = 4;

interface Call {
  readonly at: number;
  readonly worker: number;
  readonly tokens: number;
  readonly isServed: boolean;
}

/** Workers with more to embed than the quota allows, a ledger, and a service with a bucket of 2 s: in virtual time. */
export const virtualFleet = (given: Partial<Settings> = {}) => {
  const { quota, countsTimes, textsPerCall, workersMost } = { ...DEFAULTS, ...given };
  const { clock, run, elapsed } = virtualTime();
  const random = seededRandom(1).next;
  const shared = inProcessLedger(quota, clock);
  const buckets = { tokens: tokenBucket(), requests: tokenBucket() };
  const calls: Call[] = [];
  let truth = quota;
  let isLedgerAway = false;
  let workers = 0;

  const remote: QuotaLedger = {
    async reserve(cost, report) {
      await clock.sleep(LEDGER_MS * random());
      if (isLedgerAway) throw new AppError('unavailable', 'The ledger is away.');
      return shared.reserve(cost, report);
    },
    async debit(cost, report) {
      if (isLedgerAway) throw new AppError('unavailable', 'The ledger is away.');
      return shared.debit(cost, report);
    },
    async state() {
      if (isLedgerAway) throw new AppError('unavailable', 'The ledger is away.');
      return shared.state();
    },
  };

  const spends = (tokens: number): boolean => {
    const has = (of: 'tokens' | 'requests', amount: number, perMinute = Number.POSITIVE_INFINITY) =>
      perMinute === Number.POSITIVE_INFINITY ||
      buckets[of].has(amount, { perMinute, burstSeconds: BURST_SECONDS }, clock.now());
    const may = [has('tokens', tokens, truth.tokensPerMinute), has('requests', 1, truth.requestsPerMinute)];
    if (may.includes(false)) return false;
    buckets.tokens.take(tokens);
    buckets.requests.take(1);
    return true;
  };

  const callBy = (worker: number) => async (texts: readonly string[]) => {
    await clock.sleep(JITTER_MS * random());
    const counted = texts.reduce((sum, text) => sum + text.length / CHARACTERS_OF_A_TOKEN, 0) * countsTimes;
    const tokens = Math.round(counted);
    const isServed = spends(tokens);
    calls.push({ at: elapsed(), worker, tokens, isServed });
    if (!isServed) throw new AppError('throttled', 'Too many tokens.');
    await clock.sleep(ANSWER_MS * (0.5 + random()));
    return { vectors: texts.map(() => '[1]'), tokens };
  };

  /** One with nothing to do yet. */
  const idle = () => {
    const worker = workers;
    workers += 1;
    const ledger = sturdyLedger({ ledger: remote, quota, workersMost, clock, random });
    const pacer = ledgerPacer({ ledger, quota, clock, random });
    const limits = { texts: textsPerCall, tokens: 64_000 };
    const packer = openPacker({
      limits,
      lingerMs: 25,
      callsInFlight: 64,
      patienceMs: 30_000,
      pacer,
      clock,
      call: callBy(worker),
    });
    return { pacer, packer };
  };

  const textOf = () => 'text'.repeat(Math.ceil(128 + 256 * random()));

  /** @returns what ends it as a crash does */
  const start = (): (() => void) => {
    const { packer } = idle();
    const crash = new AbortController();
    const work = async (caller: number): Promise<void> => {
      while (!crash.signal.aborted) {
        const texts = Array.from({ length: 1 + Math.floor(TEXTS * random()) }, textOf);
        await packer.embed(texts, { group: `user ${caller}`, signal: crash.signal }).catch(() => undefined);
      }
    };
    for (let caller = 0; caller < CALLERS; caller += 1) void work(caller);
    return () => {
      crash.abort(new Error('It has crashed.'));
      packer[Symbol.dispose]();
    };
  };

  return {
    clock,
    idle,
    start,
    calls,
    state: () => shared.state(),
    /** Seconds from the beginning. */
    until: (seconds: number) => run(seconds * 1_000),
    setTruth(to: Quota) {
      truth = to;
    },
    setLedgerAway(to: boolean) {
      isLedgerAway = to;
    },
    /** Of what the service truly gave from one second to another. */
    figures(from: number, to: number) {
      const within = calls.filter(({ at }) => at >= from * 1_000 && at < to * 1_000);
      const served = within.filter(({ isServed }) => isServed);
      const byWorker = Object.values(Object.groupBy(served, ({ worker }) => worker)).map(sumOf);
      return {
        used: sumOf(served) / ((truth.tokensPerMinute / 60) * (to - from)),
        throttled: 1 - served.length / within.length,
        calls: served.length,
        fairness: sumOf(served) ** 2 / (byWorker.length * byWorker.reduce((sum, tokens) => sum + tokens ** 2, 0)),
      };
    },
  };
};

const sumOf = (calls: readonly Call[] = []): number => calls.reduce((sum, { tokens }) => sum + tokens, 0);
