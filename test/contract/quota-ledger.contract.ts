import assert from 'node:assert/strict';
import { NOTHING, type Quota } from '../../common/domain/quota/quota.ts';
import type { Granted, QuotaLedger } from '../../common/ports/quota-ledger.ts';
import { type PassingClock, passingClock } from '../support/clock.ts';

/** Opens a quota that nobody has spent from. */
export type OpenQuota = (
  quota: Quota,
  clock: PassingClock,
) => Promise<AsyncDisposable & { /** Another worker's. */ ledger(): QuotaLedger }>;

/** One token a millisecond. */
export const QUOTA: Quota = { tokensPerMinute: 60_000 };
const ONE = { tokens: 100, requests: 1 };

export const granted = async (ledger: QuotaLedger, cost = ONE, report = NOTHING): Promise<Granted> => {
  const answer = await ledger.reserve(cost, report);
  assert.equal(answer.kind, 'granted');
  return answer as Granted;
};

/** Asks again where many asked at once. */
const grantedAmongMany = async (ledger: QuotaLedger, cost = ONE): Promise<Granted> => {
  const answer = await ledger.reserve(cost, NOTHING);
  return answer.kind === 'granted' ? answer : grantedAmongMany(ledger, cost);
};

/** Reserves until all is given away. */
const filled = async (ledger: QuotaLedger, cost = ONE): Promise<number> => {
  for (let spans = 0; ; spans += 1) {
    assert.ok(spans < 1_000);
    const answer = await ledger.reserve(cost, NOTHING);
    if (answer.kind === 'full') return answer.retryInMs;
  }
};

/** For what has to be right but for the time that passes while a test runs. */
export const near = (actual: number, expected: number, by: number) =>
  assert.ok(Math.abs(actual - expected) <= by, `${actual} is not within ${by} of ${expected}`);

/** What every QuotaLedger promises. */
export const quotaLedgerContract = (adapter: string, open: OpenQuota) =>
  describe(`QuotaLedger: ${adapter}`, () => {
    const opened = async (quota: Quota = QUOTA) => {
      const clock = passingClock();
      const account = await open(quota, clock);
      return { clock, ledger: account.ledger, [Symbol.asyncDispose]: () => account[Symbol.asyncDispose]() };
    };

    it('grants a span from now on, as long as the rate says', async () => {
      await using quota = await opened();
      const before = quota.clock.now();
      const { startsAt, endsAt, tokens, requests } = await granted(quota.ledger(), { tokens: 300, requests: 2 });
      assert.ok(startsAt >= before && startsAt <= quota.clock.now());
      near(endsAt - startsAt, 300, 0.01);
      assert.deepEqual({ tokens, requests }, { tokens: 300, requests: 2 });
    });

    it('gives each worker a time of its own, however many ask at once', async () => {
      await using quota = await opened();
      const workers = Array.from({ length: 4 }, () => quota.ledger());
      const asked = Array.from({ length: 40 }, (_, n) =>
        grantedAmongMany(workers[n % 4] as QuotaLedger, { ...ONE, tokens: 50 }),
      );
      const spans = (await Promise.all(asked)).toSorted((a, b) => a.startsAt - b.startsAt);
      for (const [n, span] of spans.entries())
        assert.ok(n === 0 || span.startsAt >= (spans[n - 1] as Granted).endsAt - 0.01);
      assert.deepEqual(
        spans.map((span) => span.spans).toSorted((a = 0, b = 0) => a - b),
        spans.map((_, n) => n + 1),
      );
    });

    it('is full when all is given away for 2.5 s, says for how long, and goes on then', async () => {
      await using quota = await opened();
      const ledger = quota.ledger();
      const retryInMs = await filled(ledger, { tokens: 400, requests: 1 });
      assert.ok(retryInMs > 0 && retryInMs <= 400, String(retryInMs));
      quota.clock.pass(retryInMs);
      await granted(ledger);
    });

    it('keeps the quota of requests too, where there is one, and neither waits for the other', async () => {
      await using quota = await opened({ tokensPerMinute: 60_000, requestsPerMinute: 600 });
      const ledger = quota.ledger();
      const few = await granted(ledger, { tokens: 50, requests: 5 });
      near(few.endsAt - few.startsAt, 500, 5);
      const many = await granted(ledger, { tokens: 700, requests: 1 });
      near(many.startsAt, few.endsAt, 5);
      near(many.endsAt - few.startsAt, 750, 100);
    });

    it('grants a part of what would take too long', async () => {
      await using quota = await opened();
      const { tokens, startsAt, endsAt } = await granted(quota.ledger(), { tokens: 60_000, requests: 1 });
      near(tokens, 5_000, 1);
      near(endsAt - startsAt, 5_000, 1);
    });

    it('charges what was spent over its reservation with the next span', async () => {
      await using quota = await opened();
      const first = await granted(quota.ledger(), { tokens: 1_000, requests: 1 });
      const next = await granted(quota.ledger(), ONE, { ...NOTHING, over: 300 });
      near(next.startsAt - first.endsAt, 300, 1);
      near(next.endsAt - next.startsAt, 100, 1);
    });

    it('refunds what was reserved and not spent', async () => {
      await using quota = await opened();
      const first = await granted(quota.ledger(), { tokens: 1_000, requests: 1 });
      const next = await granted(quota.ledger(), ONE, { ...NOTHING, over: -300 });
      near(next.endsAt - first.endsAt, -200, 1);
      assert.equal(next.tokens, 100);
    });

    it('charges queries when all is given away, and lets spans begin later', async () => {
      await using quota = await opened();
      const ledger = quota.ledger();
      await filled(ledger);
      const { retryInMs } = await quota.ledger().debit({ tokens: 20, requests: 1 }, NOTHING);
      assert.equal(retryInMs, 0);
      const before = quota.clock.now();
      const answer = await quota.ledger().reserve(ONE, NOTHING);
      assert.ok(answer.kind === 'full' || answer.startsAt > before + 2_400);
    });

    it('has queries wait that take more than a twentieth of the quota', async () => {
      await using quota = await opened();
      const { retryInMs } = await quota.ledger().debit({ tokens: 150, requests: 1 }, NOTHING);
      near(retryInMs, 2_000, 100);
    });

    it('tells everybody the rates of all', async () => {
      await using quota = await opened();
      const used = { used: 5_000, over: 0, answered: 3, throttled: 1, jobs: 2 };
      await granted(quota.ledger(), ONE, used);
      await quota.ledger().debit({ tokens: 0, requests: 0 }, { ...used, throttled: 0, answered: 4 });
      quota.clock.pass(1_000);
      assert.deepEqual(await quota.ledger().state(), {
        tokensPerMinute: 60_000,
        grantedPerMinute: 60_000,
        usedPerMinute: 60_000,
        throttledShare: 1 / 8,
        jobsPerMinute: 24,
      });
    });

    it('takes no report with a refusal', async () => {
      await using quota = await opened();
      const ledger = quota.ledger();
      await filled(ledger);
      await ledger.reserve(ONE, { ...NOTHING, used: 600, answered: 1 });
      quota.clock.pass(1_000);
      assert.equal((await ledger.state())?.usedPerMinute, 0);
    });
  });
