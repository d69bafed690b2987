import type { Candidate } from './candidates.ts';

export const WEIGHTS = {
  words: 0.4,
  context: 0.4,
  passage: 0.25,
  meaning: 0.5,
  unfinished: 0.75,
};

export interface Asked {
  /** The question's terms, each once. */
  readonly terms: readonly string[];
  /** How rare each is among the candidates: what it counts. */
  readonly rarity: ReadonlyMap<string, number>;
}

/** Inverse document frequency as BM25 has it, over the candidates. */
export const askedOf = (terms: readonly string[], candidates: readonly Candidate[]): Asked => {
  const once = [...new Set(terms)];
  const rarity = once.map((term): [string, number] => {
    const holders = candidates.filter((candidate) => candidate.terms.has(term)).length;
    return [term, Math.log(1 + (candidates.length - holders + 0.5) / (holders + 0.5))];
  });
  return { terms: once, rarity: new Map(rarity) };
};

/** The share of what was asked that is there: from 0 to 1. A term of the context counts in part. */
export const coverageOf = ({ terms, rarity }: Asked, has: (term: string) => number): number => {
  const worth = (term: string) => rarity.get(term) ?? 0;
  const whole = terms.reduce((sum, term) => sum + worth(term), 0);
  return whole === 0 ? 0 : terms.reduce((sum, term) => sum + has(term) * worth(term), 0) / whole;
};

export const wordScore = (asked: Asked, { terms, context }: Candidate): number =>
  coverageOf(asked, (term) => (terms.has(term) ? 1 : context.has(term) ? WEIGHTS.context : 0));

const FINISHED = /[.!?:;。！？…][\])"'”’»*_`]*\s*$/u;

export const looksUnfinished = ({ unit, text }: Candidate): boolean => unit.kind === 'prose' && !FINISHED.test(text);

/** Of vectors of length 1. */
export const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
