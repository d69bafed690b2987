import { AppError } from '../../../domain/errors.ts';
import { jsonOf, type Vector } from '../../../domain/vector.ts';

export interface VectorKind {
  readonly model: string;
  readonly dimension: number;
}

/**
 * A vector as JSON, to be put into a request as it is. A text is not parsed, only looked through: it can neither end
 * its line nor say more than one list. What is no number in it the server refuses. Throws `invalid`.
 */
export const vectorText = (vector: Vector, kind: VectorKind): string => {
  if (typeof vector === 'string') {
    if (isList(vector)) return vector;
    throw unexpected('what is no list of numbers', kind);
  }
  if (vector.length !== kind.dimension) throw unexpected(`${vector.length} numbers`, kind);
  if (!vector.every(Number.isFinite)) throw unexpected('what is no number', kind);
  return jsonOf(vector);
};

/** The same, and a text's numbers are counted, which costs more than all the rest. */
export const countedVectorText = (vector: Vector, kind: VectorKind): string => {
  const text = vectorText(vector, kind);
  const count = countOf(text);
  if (count !== kind.dimension) throw unexpected(`${count} numbers`, kind);
  return text;
};

/** A closing bracket, a quotation mark or the end of a line is found by the processor's own search: it costs nothing. */
const isList = (text: string): boolean =>
  text.startsWith('[') &&
  text.indexOf(']') === text.length - 1 &&
  !text.includes('"') &&
  !text.includes('{') &&
  !text.includes('\n');

const countOf = (text: string): number => {
  let count = 1;
  for (let at = text.indexOf(','); at !== -1; at = text.indexOf(',', at + 1)) count++;
  return count;
};

const unexpected = (what: string, { model, dimension }: VectorKind): AppError =>
  new AppError('invalid', `A vector of ${dimension} numbers was expected, not ${what}: embed with ${model}.`);
