import assert from 'node:assert/strict';
import fc from 'fast-check';
import { meanOf, NO_SPREAD, quantileOf, withValues } from '../../../../common/domain/spread.ts';

const spreadOf = (values: readonly number[]) => withValues(NO_SPREAD, values);

describe('a spread', () => {
  it('gives every quantile of any values within 1 %, and the mean exactly', () => {
    const values = fc.array(fc.integer({ min: 1, max: 10 ** 9 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (given, part) => {
        const sorted = [...given].sort((a, b) => a - b);
        const wanted = sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
        const found = quantileOf(spreadOf(given), part) ?? 0;
        assert.ok(Math.abs(found - wanted) <= 0.0101 * wanted, `${found} for ${wanted}`);
        assert.equal(meanOf(spreadOf(given)), given.reduce((sum, value) => sum + value, 0) / given.length);
      }),
    );
  });

  it('takes bounded space, from any number of values', () => {
    const thirtyDays = 30 * 24 * 3_600_000;
    const values = Array.from({ length: 5_000 }, (_, n) => thirtyDays ** (n / 5_000));
    assert.ok(Object.keys(spreadOf(values).buckets).length < 1_200);
  });

  it('counts what is shorter than 1 as 1', () => {
    assert.ok(Math.abs((quantileOf(spreadOf([0, 0.5]), 1) ?? 0) - 1) <= 0.01);
  });

  it('has neither mean nor quantile without values', () => {
    assert.deepEqual([meanOf(NO_SPREAD), quantileOf(NO_SPREAD, 0.95)], [undefined, undefined]);
  });
});
