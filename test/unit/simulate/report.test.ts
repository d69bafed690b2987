import assert from 'node:assert/strict';
import { duration, rounded } from '../../simulate/report/figures.ts';
import { tableOf } from '../../simulate/report/table.ts';
import { jainOf } from '../../support/jain.ts';

describe('The report of the simulator', () => {
  it('is a table in Markdown, words left and numbers right', () => {
    const rows = [
      { name: 'a', count: '1,000' },
      { name: 'longer', count: '2' },
    ];
    const table = tableOf(
      [
        { title: 'name', cell: ({ name }) => name, isText: true },
        { title: 'n', cell: ({ count }) => count },
      ],
      rows,
    );
    assert.equal(
      table,
      ['| name   |     n |', '| ------ | ----: |', '| a      | 1,000 |', '| longer |     2 |'].join('\n'),
    );
  });

  it('says times in the unit that fits', () => {
    assert.deepEqual([90, 600, 36_000, 864_000].map(duration), ['90 s', '10 min', '10 h', '10 days']);
  });

  it('rounds to three digits', () => {
    assert.deepEqual([0.123_45, 12.345, 12_345].map(rounded), ['0.123', '12.3', '12,345']);
  });

  it('calls a fleet fair in which all get the same, and not at all in which one gets everything', () => {
    assert.equal(jainOf([5, 5, 5, 5]), 1);
    assert.equal(jainOf([20, 0, 0, 0]), 0.25);
    assert.equal(jainOf([]), Number.NaN);
  });
});
