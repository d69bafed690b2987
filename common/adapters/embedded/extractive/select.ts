import type { Candidate } from './candidates.ts';
import { cosine } from './score.ts';

export interface Scored extends Candidate {
  readonly score: number;
  readonly vector: Float32Array;
}

export const LIMITS = { units: 6, characters: 900, least: 0.6, twin: 0.9, sameness: 0.3 };

const overlap = (a: Candidate, b: Candidate): number => {
  const shared = [...a.terms].filter((term) => b.terms.has(term)).length;
  return shared / Math.max(1, Math.min(a.terms.size, b.terms.size));
};

const sameness = (a: Scored, b: Scored): number => Math.max(cosine(a.vector, b.vector), 0.95 * overlap(a, b));

/** Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), to a budget. */
export const select = (scored: readonly Scored[]): Scored[] => {
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const chosen: Scored[] = [];
  let left = scored.filter(({ score }) => score >= LIMITS.least * best);
  let characters = 0;
  while (left.length > 0 && chosen.length < LIMITS.units) {
    const worth = (candidate: Scored) =>
      candidate.score * (1 - LIMITS.sameness * Math.max(0, ...chosen.map((other) => sameness(candidate, other))));
    const next = left.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    left = left.filter((candidate) => candidate !== next && sameness(candidate, next) < LIMITS.twin);
    if (chosen.length > 0 && characters + next.text.length > LIMITS.characters) continue;
    chosen.push(next);
    characters += next.text.length;
  }
  return chosen;
};
