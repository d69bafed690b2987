import assert from 'node:assert/strict';
import { array, constant, assert as hold, integer, oneof, property, record } from 'fast-check';
import { type Account, debited, NEW_ACCOUNT, reserved } from '../../../../common/domain/quota/account.ts';
import { HORIZON_MS, type Span } from '../../../../common/domain/quota/gcra.ts';
import { NOTHING, type Quota } from '../../../../common/domain/quota/quota.ts';

const START = Date.UTC(2026, 0, 1);
const TOKENS_ALONE: Quota = { tokensPerMinute: 60_000 };
const QUOTA: Quota = { ...TOKENS_ALONE, requestsPerMinute: 600 };
const PER_MS = { tokens: 1, requests: 0.01 };
const LONGEST_SPAN_MS = 2_000;
const TINY = 0.01;

interface Step {
  readonly kind: 'reserve' | 'debit';
  readonly afterMs: number;
  readonly tokens: number;
  readonly requests: number;
  readonly over: number;
}

const steps = (least: number) =>
  array(
    record<Step>({
      kind: oneof(constant('reserve' as const), constant('debit' as const)),
      afterMs: integer({ min: 0, max: 1_500 }),
      tokens: integer({ min: 1, max: 2_000 }),
      requests: integer({ min: 1, max: 20 }),
      over: integer({ min: least, max: 500 }),
    }),
    { maxLength: 60 },
  );

/** What comes of steps one after the other. */
const played = (all: readonly Step[], quota = QUOTA) => {
  let account: Account = NEW_ACCOUNT;
  let now = START;
  const spans: (Span & { askedAt: number })[] = [];
  for (const { kind, afterMs, tokens, requests, over } of all) {
    now += afterMs;
    const asked = { quota, now, cost: { tokens, requests }, report: { ...NOTHING, over } };
    if (kind === 'debit') ({ account } = debited(account, asked));
    else {
      const answer = reserved(account, asked);
      if ('fullForMs' in answer) continue;
      account = answer.account;
      spans.push({ ...answer.span, askedAt: now });
    }
  }
  return { account, spans };
};

describe('an account of the quota', () => {
  it('grants no more in any time than the rate', () => {
    hold(
      property(steps(0), (all) => {
        const { spans } = played(all, TOKENS_ALONE);
        for (const [first, from] of spans.entries()) {
          const later = spans.slice(first);
          const sum = later.reduce((total, { tokens }) => total + tokens, 0);
          const ms = Math.max(...later.map(({ endsAt }) => endsAt)) - from.startsAt;
          assert.ok(sum <= ms * PER_MS.tokens + TINY, `${sum} in ${ms} ms`);
        }
      }),
    );
  });

  for (const dimension of ['tokens', 'requests'] as const) {
    it(`grants no more ${dimension} in any time than the rate, and what has waited for the other dimension`, () => {
      hold(
        property(steps(0), (all) => {
          const { spans } = played(all);
          for (const [first, from] of spans.entries()) {
            const later = spans.slice(first);
            const sum = later.reduce((total, span) => total + span[dimension], 0);
            const ms = Math.max(...later.map(({ endsAt }) => endsAt)) - from.startsAt;
            assert.ok(sum <= (ms + HORIZON_MS + LONGEST_SPAN_MS) * PER_MS[dimension], `${sum} in ${ms} ms`);
          }
        }),
      );
    });
  }

  it('never gives the same time away twice', () => {
    hold(
      property(steps(0), (all) => {
        const { spans } = played(all, TOKENS_ALONE);
        for (const [n, { startsAt }] of spans.entries()) assert.ok(startsAt + TINY >= (spans[n - 1]?.endsAt ?? 0));
      }),
    );
  });

  it('reserves no further ahead than the horizon', () => {
    hold(
      property(steps(0), (all) => {
        const { spans } = played(all.map((step) => ({ ...step, over: 0 })));
        for (const { startsAt, askedAt } of spans) assert.ok(startsAt < askedAt + HORIZON_MS + TINY);
      }),
    );
  });

  it('loses nothing in settling: what is over is charged, what is under refunded, whatever the order', () => {
    const overs = array(integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 20 });
    hold(
      property(overs, (all) => {
        const ask = (account: Account, over: number) => {
          const asked = {
            quota: QUOTA,
            now: START,
            cost: { tokens: 1_000, requests: 1 },
            report: { ...NOTHING, over },
          };
          return debited(account, asked).account;
        };
        const account = all.reduce(ask, NEW_ACCOUNT);
        const spent = all.length * 1_000 + all.reduce((sum, over) => sum + over, 0);
        assert.ok(Math.abs(account.tats.tokens - START - spent / PER_MS.tokens) < 1);
      }),
    );
  });

  it('keeps each dimension for itself', () => {
    const asked = { quota: QUOTA, now: START, report: NOTHING };
    const few = debited(NEW_ACCOUNT, { ...asked, cost: { tokens: 0, requests: 10 } }).account.tats;
    assert.deepEqual([few.tokens - START, few.requests - START], [0, 1_000]);
    const many = debited(NEW_ACCOUNT, { ...asked, cost: { tokens: 1_000, requests: 0 } }).account.tats;
    assert.deepEqual([many.tokens - START, many.requests - START], [1_000, 0]);
  });
});
