import { InferenceSession, Tensor, type TypedTensor } from 'onnxruntime-node';
import { modelProto } from './onnx.ts';
import type { WeightType } from './quantize.ts';
import { SESSION_OPTIONS } from './session.ts';

const ROWS = 4;
const DEPTH = 64;
const COLUMNS = 16;
const LARGEST_INPUT = 255;
const LARGEST_WEIGHT = 127;

/** The product of the largest numbers, where a processor that adds in 16 bits overflows. */
const product = () =>
  modelProto({
    nodes: [{ operator: 'MatMulInteger', inputs: ['values', 'weights'], outputs: ['sums'] }],
    constants: new Map([
      [
        'weights',
        { type: 'int8', shape: [DEPTH, COLUMNS], data: new Uint8Array(DEPTH * COLUMNS).fill(LARGEST_WEIGHT) },
      ],
    ]),
    inputs: [{ name: 'values', type: 'uint8', shape: [ROWS, DEPTH] }],
    outputs: [{ name: 'sums', type: 'int32', shape: [ROWS, COLUMNS] }],
  });

/**
 * The fastest weights that are exact on this processor. x86 without VNNI adds pairs of int8 products in 16 bits and
 * silently saturates, so it is tried, a millisecond long, and not looked up in a list of processors.
 */
export const fastestExactWeights = async (): Promise<WeightType> => {
  const session = await InferenceSession.create(Buffer.concat(product().pieces), SESSION_OPTIONS);
  try {
    const values = new Tensor('uint8', new Uint8Array(ROWS * DEPTH).fill(LARGEST_INPUT), [ROWS, DEPTH]);
    const { sums } = (await session.run({ values })) as { sums: TypedTensor<'int32'> };
    const isExact = sums.data.every((sum) => sum === DEPTH * LARGEST_INPUT * LARGEST_WEIGHT);
    return isExact ? 'int8' : 'uint8';
  } finally {
    await session.release();
  }
};
