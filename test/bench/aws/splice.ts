import { vectorText } from '../../../common/adapters/aws/opensearch/vector-text.ts';
import type { Vector } from '../../../common/domain/vector.ts';
import { atLeast, type Scenario, told } from '../scenario.ts';

const KIND = { model: 'a model', dimension: 1_536 };
const CHUNKS = 96;
const ROUNDS = 40;
const TARGET = 10;

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

/** What it costs to put vectors into a bulk request as the model spelt them, beside reading and writing their numbers. */
export const splice: Scenario = {
  summary: 'Vectors spliced into a bulk request, beside parsing and writing them again',
  async run() {
    const texts = Array.from({ length: CHUNKS }, reply);
    const spliced = medianOf(texts, (vector) => vectorText(vector, KIND));
    const rewritten = medianOf(texts, (vector) => JSON.stringify(JSON.parse(String(vector))));
    const value = rewritten / spliced;
    return [
      atLeast({ what: 'parse and stringify : splice', value, target: TARGET, digits: 1 }),
      told(`${CHUNKS} vectors of ${KIND.dimension}`, `${spliced.toFixed(2)} ms and ${rewritten.toFixed(2)} ms`),
    ];
  },
};
