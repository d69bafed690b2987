import assert from 'node:assert/strict';
import { cut, partSizeFor } from '../../../../../api/cli/add/direct/cut.ts';

const PART = 8 * 1024 ** 2;

describe('cutting a file into parts', () => {
  it('makes parts of 8 MiB, the last one shorter', () => {
    assert.deepEqual(cut(2 * PART + 1, partSizeFor(2 * PART + 1)), [
      { start: 0, end: PART },
      { start: PART, end: 2 * PART },
      { start: 2 * PART, end: 2 * PART + 1 },
    ]);
  });

  it('makes no empty part at the end', () => {
    assert.equal(cut(2 * PART, PART).length, 2);
  });

  it('makes larger parts where there would be over a thousand', () => {
    assert.equal(partSizeFor(1_000 * PART), PART);
    const size = 1_000 * PART + 1;
    assert.deepEqual([partSizeFor(size), cut(size, partSizeFor(size)).length], [2 * PART, 501]);
  });
});
