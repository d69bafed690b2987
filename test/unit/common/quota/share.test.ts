import assert from 'node:assert/strict';
import { factorOf, learned, UNCORRECTED } from '../../../../common/domain/quota/correction.ts';
import { ratesOf, staticShare } from '../../../../common/domain/quota/quota.ts';
import { callTokens, sharersAfter, spanCost } from '../../../../common/domain/quota/share.ts';

const RATES = ratesOf({ tokensPerMinute: 600_000 }); // 10 a ms

describe('spanCost', () => {
  it('is half a second of a worker of four, in whole calls', () => {
    assert.deepEqual(spanCost({ call: 400, all: 100_000 }, RATES, 4), { tokens: 1_200, requests: 3 });
  });

  it('is one call where that takes longer', () => {
    assert.deepEqual(spanCost({ call: 9_000, all: 100_000 }, RATES, 4), { tokens: 9_000, requests: 1 });
  });

  it('is no more than what waits', () => {
    assert.deepEqual(spanCost({ call: 400, all: 500 }, RATES, 4), { tokens: 500, requests: 2 });
  });

  it('asks for no more requests than its share, where they are counted', () => {
    const rates = ratesOf({ tokensPerMinute: 600_000, requestsPerMinute: 960 });
    assert.deepEqual(spanCost({ call: 400, all: 100_000 }, rates, 4), { tokens: 800, requests: 2 });
  });
});

describe('callTokens', () => {
  it('is a second of a worker’s own rate', () => {
    assert.equal(callTokens(RATES, 4), 2_500);
  });

  it('is what a request is worth, where requests are scarce', () => {
    assert.equal(callTokens(ratesOf({ tokensPerMinute: 600_000, requestsPerMinute: 60 }), 4), 10_000);
  });
});

describe('sharersAfter', () => {
  it('is the number of spans from one to the next of a worker’s own, and follows it', () => {
    assert.equal(sharersAfter(undefined, 4), 4);
    let sharers = 4;
    for (let spans = 0; spans < 5; spans += 1) sharers = sharersAfter(sharers, 8);
    assert.ok(sharers > 7.8 && sharers <= 8);
  });

  it('is never less than the worker itself', () => {
    assert.equal(sharersAfter(1, 0), 1);
  });
});

describe('staticShare', () => {
  it('is the same part of both dimensions', () => {
    const quota = { tokensPerMinute: 300_000, requestsPerMinute: 2_000 };
    assert.deepEqual(staticShare(quota, 8), { tokensPerMinute: 37_500, requestsPerMinute: 250 });
    assert.deepEqual(staticShare({ tokensPerMinute: 300_000 }, 8), { tokensPerMinute: 37_500 });
  });
});

describe('factorOf', () => {
  const taught = (calls: number, ratio: number) =>
    factorOf(
      Array.from({ length: calls }).reduce<typeof UNCORRECTED>(
        (each) => learned(each, 1_000, ratio * 1_000),
        UNCORRECTED,
      ),
    );

  it('learns by what the estimates are off', () => {
    assert.ok(Math.abs(taught(30, 1.2) - 1.2) < 0.01);
    assert.ok(Math.abs(taught(30, 0.8) - 0.8) < 0.01);
  });

  it('stays between half and twice', () => {
    assert.deepEqual([taught(50, 9), taught(50, 0.01)], [2, 0.5]);
  });
});
