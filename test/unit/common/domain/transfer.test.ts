import assert from 'node:assert/strict';
import { partsOfTransfer, pickParts } from '../../../../common/domain/transfer.ts';

const cut = (size: number, partSize: number | undefined, parts: number) =>
  partsOfTransfer({ size, partSize, checksums: Array.from({ length: parts }, (_, n) => `sum ${n}`) });

describe('partsOfTransfer', () => {
  it('gives each part its size: the last has the rest', () => {
    const sizes = cut(25, 10, 3).map(({ size }) => size);
    assert.deepEqual(sizes, [10, 10, 5]);
    assert.deepEqual(cut(20, 10, 2).at(-1), { partNumber: 2, size: 10, checksum: 'sum 1' });
    assert.deepEqual(cut(7, undefined, 1), [{ partNumber: 1, size: 7, checksum: 'sum 0' }]);
    assert.deepEqual(cut(0, undefined, 1), [{ partNumber: 1, size: 0, checksum: 'sum 0' }]);
  });

  it('wants a checksum for each part', () => {
    for (const [size, partSize, parts] of [
      [25, 10, 2],
      [25, 10, 4],
      [20, 10, 3],
      [0, undefined, 0],
    ] as const) {
      assert.throws(() => cut(size, partSize, parts), { code: 'invalid' });
    }
  });
});

describe('pickParts', () => {
  it('gives those asked for, in that order, and refuses numbers that no part has', () => {
    const parts = cut(25, 10, 3);
    const numbers = pickParts(parts, [3, 1]).map(({ partNumber }) => partNumber);
    assert.deepEqual(numbers, [3, 1]);
    for (const none of [0, 4, -1, 1.5, Number.NaN]) assert.throws(() => pickParts(parts, [none]), { code: 'invalid' });
  });
});
