import { closeSync, openSync, readSync } from 'node:fs';

type Header = Partial<Record<string, { dtype: string; shape: number[]; data_offsets: [start: number, end: number] }>>;

const LENGTH_BYTES = 8;

const read = (file: number, start: number, length: number): Uint8Array => {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, buffer, filled, length - filled, start + filled);
    if (count === 0) throw new Error(`The weights end at byte ${start + filled}, before their header says.`);
    filled += count;
  }
  return buffer;
};

/** Source: IEEE 754, binary16. */
const numberOfHalf = (half: number): number => {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

const numbersOfHalves = (): Float32Array => Float32Array.from({ length: 0x10000 }, (_, half) => numberOfHalf(half));

/**
 * Opens a file of half-precision tensors; each is read when asked for, and all are row-major.
 * Blocks: for a worker thread. Its methods throw when there is no half-precision tensor of the name.
 * Source: the safetensors format (length of the header, header in JSON, data).
 */
export const openSafetensors = (path: string) => {
  const file = openSync(path, 'r');
  const headerLength = Number(Buffer.from(read(file, 0, LENGTH_BYTES)).readBigUInt64LE());
  const tensors: Header = JSON.parse(Buffer.from(read(file, LENGTH_BYTES, headerLength)).toString());
  const dataStart = LENGTH_BYTES + headerLength;
  const numbers = numbersOfHalves();

  /** As stored: little-endian, two bytes a number. */
  const halves = (name: string): { shape: readonly number[]; data: Uint8Array } => {
    const entry = tensors[name];
    if (entry?.dtype !== 'F16') throw new Error(`The weights have no half-precision tensor ${name}.`);
    const [start, end] = entry.data_offsets;
    return { shape: entry.shape, data: read(file, dataStart + start, end - start) };
  };

  return {
    halves,
    floats(name: string): { shape: readonly number[]; values: Float32Array } {
      const { shape, data } = halves(name);
      const values = new Float32Array(data.length / 2);
      for (let index = 0; index < values.length; index++) {
        values[index] = numbers[(data[2 * index] as number) | ((data[2 * index + 1] as number) << 8)] as number;
      }
      return { shape, values };
    },
    [Symbol.dispose]: () => closeSync(file),
  };
};

export type Safetensors = ReturnType<typeof openSafetensors>;
