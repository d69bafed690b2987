import type { Unit } from '../../../domain/passage-units.ts';
import type { Candidate } from './candidates.ts';
import { companionsOf, type NeighbourOf, neighboursAmong } from './companions.ts';
import { cosine, type Scored } from './score.ts';

/** A part of the answer. A companion has the score of what brought it in. */
export type Chosen = Candidate & { readonly score: number };

/** By what each part quotes. */
type Answer = Map<Unit, Chosen>;

/** An answer holds so much, give or take a sentence that closes a gap. */
const BUDGET = { units: 6, characters: 900 };

/** A unit of less than these shares of the best ones' is not worth reading, however good its passage. */
const LEAST_SHARE = { score: 0.6, relevance: 0.5 };

/** From this on, two units say the same. */
const TWIN = 0.9;
const PENALTY_OF_SAMENESS = 0.3;
const WIDEST_GAP = 160;

/**
 * The units that answer best and say different things, after maximal marginal relevance (Carbonell and Goldstein,
 * SIGIR 1998), with what they cannot be understood without, up to 6 units or 900 characters.
 * @param all what the scored ones were taken from
 */
export const select = (scored: readonly Scored[], all: readonly Candidate[]): Chosen[] => {
  const neighbourOf = neighboursAmong(all);
  const answer: Answer = new Map();
  const add = (candidate: Candidate, score: number): void => {
    if (answer.size > 0 && lengthOf(answer) + candidate.text.length > BUDGET.characters) return;
    if (!repeats(candidate, answer)) answer.set(candidate.unit, { ...candidate, score });
  };
  for (const next of inOrderOfWorth(scored)) {
    if (answer.size >= BUDGET.units) break;
    add(next, next.score);
    if (answer.has(next.unit)) for (const companion of companionsOf(next, neighbourOf)) add(companion, next.score);
  }
  return [...answer.values(), ...gapsIn(answer, neighbourOf)];
};

/** Best first; each counts less the more it says what one before it says, and nothing where it says the same. */
function* inOrderOfWorth(scored: readonly Scored[]): Generator<Scored> {
  const leastScore = LEAST_SHARE.score * Math.max(0, ...scored.map(({ score }) => score));
  const leastRelevance = LEAST_SHARE.relevance * Math.max(0, ...scored.map(({ relevance }) => relevance));
  const given: Scored[] = [];
  const worthOf = (candidate: Scored) =>
    candidate.score * (1 - PENALTY_OF_SAMENESS * Math.max(0, ...given.map((other) => sameness(candidate, other))));
  let left = scored.filter((candidate) => candidate.score >= leastScore && candidate.relevance >= leastRelevance);
  while (left.length > 0) {
    const best = left.reduce((a, b) => (worthOf(b) > worthOf(a) ? b : a));
    yield best;
    given.push(best);
    left = left.filter((candidate) => candidate !== best && sameness(candidate, best) < TWIN);
  }
}

const sameness = (a: Scored, b: Scored): number => Math.max(cosine(a.vector, b.vector), 0.95 * sharedTerms(a, b));

/** The share of the shorter one's terms that the other has too. */
const sharedTerms = (a: Candidate, b: Candidate): number => {
  const shared = [...a.terms].filter((term) => b.terms.has(term)).length;
  return shared / Math.max(1, Math.min(a.terms.size, b.terms.size));
};

const repeats = (candidate: Candidate, answer: Answer): boolean =>
  [...answer.values()].some((other) => other.unit.kind === candidate.unit.kind && sharedTerms(candidate, other) > TWIN);

const lengthOf = (answer: Answer): number => [...answer.values()].reduce((sum, { text }) => sum + text.length, 0);

/** A short sentence left out between two of the same paragraph. */
const gapsIn = (answer: Answer, neighbourOf: NeighbourOf): Chosen[] =>
  [...answer.values()].flatMap((chosen) => {
    const [gap, after] = [neighbourOf(chosen, 1), neighbourOf(chosen, 2)];
    const isGap = gap !== undefined && !answer.has(gap.unit) && after !== undefined && answer.has(after.unit);
    const isOneParagraph = chosen.unit.block === gap?.unit.block && chosen.unit.block === after?.unit.block;
    if (!isGap || !isOneParagraph || gap.text.length > WIDEST_GAP || repeats(gap, answer)) return [];
    return [{ ...gap, score: chosen.score }];
  });
