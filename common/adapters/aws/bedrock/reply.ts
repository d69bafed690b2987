import type { Vector } from '../../../domain/vector.ts';
import type { EmbeddingModel } from './embedding-models.ts';

const OPENING = '['.charCodeAt(0);
const CLOSING = ']'.charCodeAt(0);
const NEWLINE = '\n'.charCodeAt(0);
const QUOTE_LENGTH = 2;
/** Enough to see a colon and a bracket with white space between. */
const AHEAD = 64;

/** What the numbers of a reply must be. */
export interface Expected {
  readonly count: number;
  readonly dimension: number;
}

/**
 * The vectors of an embedding reply, in order, as the text that stands there: nothing is parsed but the first one, to
 * see its dimension, and those of models that do not keep the length 1.
 * Throws Error for a reply that holds something else.
 */
export const vectorsIn = (body: Uint8Array, { key, isUnit }: EmbeddingModel, expected: Expected): Vector[] => {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const arrays = arraysAfter(key, bytes, expected.count);
  const dimension = (JSON.parse(arrays[0] ?? '[]') as unknown[]).length;
  if (dimension !== expected.dimension) {
    throw new Error(`The model gave ${dimension} numbers a vector, not ${expected.dimension}.`);
  }
  return isUnit ? arrays : arrays.map(unitOf);
};

const arraysAfter = (key: EmbeddingModel['key'], bytes: Buffer, count: number): string[] => {
  const isSpread = bytes.includes(NEWLINE);
  const arrays: string[] = [];
  let at = startOf(key, bytes);
  if (key === 'float') at += 1; // into the array of arrays
  while (arrays.length < count) {
    const start = bytes.indexOf(OPENING, at);
    const end = bytes.indexOf(CLOSING, at);
    if (start === -1 || end < start) throw new Error(`The model gave ${arrays.length} vectors for ${count} texts.`);
    const array = bytes.toString('latin1', start, end + 1);
    arrays.push(isSpread ? array.replace(/\s+/g, '') : array);
    at = end + 1;
  }
  return arrays;
};

/** Where the key's array begins. A text that the reply repeats cannot pass for it: its quotation marks are escaped. */
const startOf = (key: string, bytes: Buffer): number => {
  const quoted = `"${key}"`;
  for (let at = bytes.indexOf(quoted); at !== -1; at = bytes.indexOf(quoted, at + 1)) {
    const from = at + key.length + QUOTE_LENGTH;
    const colon = /^\s*:\s*\[/.exec(bytes.toString('latin1', from, from + AHEAD));
    if (colon !== null) return from + colon[0].length - 1;
  }
  throw new Error(`The model's reply has no ${quoted}.`);
};

const unitOf = (array: string): Float32Array => {
  const numbers = Float64Array.from(JSON.parse(array) as number[]);
  const length = Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));
  return Float32Array.from(numbers, (x) => x / length);
};
