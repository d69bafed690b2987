import assert from 'node:assert/strict';
import { runsOf } from '../../../../workers/embed/runs.ts';

describe('runsOf', () => {
  it('takes neighbours together, whatever their order', () => {
    assert.deepEqual(runsOf([3, 1, 2]), [{ first: 1, end: 4 }]);
  });

  it('reads on over up to four that nobody wants, and begins anew after more', () => {
    assert.deepEqual(runsOf([0, 5, 11]), [
      { first: 0, end: 6 },
      { first: 11, end: 12 },
    ]);
  });

  it('has no runs for no numbers', () => {
    assert.deepEqual(runsOf([]), []);
  });
});
