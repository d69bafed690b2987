import { vectorText } from '../../../common/adapters/aws/opensearch/vector-text.ts';
import { numbersOf, type Vector } from '../../../common/domain/vector.ts';

const KIND = { model: 'a model', dimension: 1_536 };
const CHUNKS = 96;
const ROUNDS = 40;

/** As models spell their vectors. */
const reply = (): string =>
  `[${Array.from({ length: KIND.dimension }, () => String(Math.fround(Math.random() * 0.1 - 0.05)).slice(0, 13)).join(',')}]`;

/** Median ms for the vectors of one embedding call to become a part of a request. */
const medianOf = (texts: readonly string[], spelt: (vector: Vector) => string): number => {
  const times = Array.from({ length: ROUNDS }, () => {
    const fresh = texts.map((text) => Buffer.from(text).toString()); // as they come from a blob
    const started = performance.now();
    const body = fresh.map((text) => `{"embedding":${spelt(text)}}\n`).join('');
    if (Buffer.byteLength(body) === 0) throw new Error('nothing was written');
    return performance.now() - started;
  });
  return times.toSorted((a, b) => a - b)[ROUNDS / 2] ?? 0;
};

const texts = Array.from({ length: CHUNKS }, reply);
const spliced = medianOf(texts, (vector) => vectorText(vector, KIND));
const rewritten = medianOf(texts, (vector) => JSON.stringify(JSON.parse(String(vector))));
const widened = medianOf(texts, (vector) => vectorText(numbersOf(vector), KIND));
const ms = (time: number): string => `${time.toFixed(2)} ms`;
console.log(`${CHUNKS} vectors of ${KIND.dimension}, checked and spliced: ${ms(spliced)}`);
console.log(`parsed and written as numbers: ${ms(rewritten)}, ${(rewritten / spliced).toFixed(1)} times as long`);
console.log(`parsed and written as float32: ${ms(widened)}, ${(widened / spliced).toFixed(1)} times as long`);
