/**
 * A vector of length 1: its numbers, or the JSON array of them that a model's reply held. That text goes on to the
 * index as it is: reading and writing it again costs fifteen times as much.
 */
export type Vector = Float32Array | string;

/** Throws SyntaxError for a text that is no JSON. */
export const numbersOf = (vector: Vector): Float32Array =>
  typeof vector === 'string' ? Float32Array.from(JSON.parse(vector) as number[]) : vector;

export const jsonOf = (vector: Vector): string =>
  typeof vector === 'string' ? vector : JSON.stringify(Array.from(vector));
