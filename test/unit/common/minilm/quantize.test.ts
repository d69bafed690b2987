import assert from 'node:assert/strict';
import { quantize } from '../../../../common/adapters/embedded/minilm/quantize.ts';

const WEIGHTS = Float32Array.of(1, -0.3, 0.25, /* the second output */ 0, -4, 2); // [2 outputs, 3 inputs]

describe('quantize', () => {
  it('gives each output a scale of its own, and turns the matrix', () => {
    const { shape, data, scales, zeroPoints } = quantize(WEIGHTS, [2, 3], 'int8');
    assert.deepEqual(shape, [3, 2]);
    assert.deepEqual([...new Int8Array(data.buffer)], [127, 0, -38, -127, 32, 64]);
    assert.deepEqual(scales, Float32Array.of(1 / 127, 4 / 127));
    assert.deepEqual([...zeroPoints], [0, 0]);
  });

  it('shifts by 128 what is kept without a sign', () => {
    const { data, zeroPoints } = quantize(WEIGHTS, [2, 3], 'uint8');
    assert.deepEqual([...data], [255, 128, 90, 1, 160, 192]);
    assert.deepEqual([...zeroPoints], [128, 128]);
  });

  it('leaves an output of zeros alone', () => {
    assert.deepEqual([...quantize(new Float32Array(2), [1, 2], 'int8').data], [0, 0]);
  });
});
