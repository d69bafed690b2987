import pLimit from 'p-limit';
import { numbersOf } from '../../../domain/vector.ts';
import type { Embedder } from '../../../ports/embedder.ts';
import { type Asked, coverageOf } from './asked.ts';
import type { Candidate } from './candidates.ts';

/** A candidate, and how well it answers. */
export interface Scored extends Candidate {
  readonly score: number;
  /** What it has of the question by itself, in words and in meaning, wherever it stands: from 0 to 1. */
  readonly relevance: number;
  readonly vector: Float32Array;
}

/**
 * What each sign of a good unit counts. In three sets of questions nothing changed by more than two or three points in
 * a hundred when one of them was halved or doubled.
 */
const WEIGHTS = { coverage: 0.45, meaning: 0.55, place: 0.55, declares: 0.2, neighbour: 0.2, unfinished: 0.75 };

/** What is embedded: a unit takes about 5 ms. */
const EMBEDDED = { units: 24, characters: 300, atOnce: 4 };

export interface Scoring {
  readonly question: string;
  readonly asked: Asked;
  readonly embedder: Pick<Embedder, 'embedQuery'>;
  readonly signal: AbortSignal;
}

/** The most promising candidates by words and passage, judged by meaning too. Throws what the embedder throws. */
export const scored = async (candidates: readonly Candidate[], scoring: Scoring): Promise<Scored[]> => {
  const { question, asked, embedder, signal } = scoring;
  const bestPassage = Math.max(...candidates.map(({ passage }) => passage.score));
  const withoutMeaning = candidates.map((candidate) => {
    const coverage = coverageOf(asked, candidate);
    const place = bestPassage > 0 ? candidate.passage.score / bestPassage : 1;
    const base = WEIGHTS.place * place + (asked.declares(candidate) ? WEIGHTS.declares : 0);
    return { candidate, coverage, base, promise: shareOf(candidate) * (base + coverage) };
  });
  const promising = withoutMeaning.toSorted((a, b) => b.promise - a.promise).slice(0, EMBEDDED.units);
  const limited = pLimit(EMBEDDED.atOnce); // so that searches, which share the embedder, get between
  const embed = (text: string) =>
    limited(() => {
      signal.throwIfAborted();
      return embedder.embedQuery(text).then(numbersOf);
    });
  const asking = await embed(question);
  const judged = promising.map(async ({ candidate, coverage, base }): Promise<Scored> => {
    const vector = await embed(`${candidate.title}\n${candidate.text.slice(0, EMBEDDED.characters)}`.trimStart());
    const meaning = Math.max(0, cosine(asking, vector));
    const relevance = WEIGHTS.coverage * coverage + WEIGHTS.meaning * meaning;
    return { ...candidate, vector, relevance, score: shareOf(candidate) * (base + relevance) };
  });
  return withNeighbours(await Promise.all(judged));
};

/** A sentence beside a good one of its paragraph reads on from it. */
const withNeighbours = (all: readonly Scored[]): Scored[] =>
  all.map((one) => {
    const beside = all.filter((other) => isBeside(one, other)).map(({ score }) => score);
    return { ...one, score: one.score + WEIGHTS.neighbour * Math.max(0, ...beside) };
  });

const isBeside = (a: Candidate, b: Candidate): boolean =>
  a.unit.kind !== 'code' &&
  a.stretch === b.stretch &&
  a.unit.block === b.unit.block &&
  Math.abs(a.index - b.index) === 1;

const FINISHED = /[.!?:;。！？：；…]["'”’»)\]*_`]*$/u;
const IMPORT = /^\s*(?:(?:import|from|use|using|package)\b|export \*|#(?:include|pragma)\b)|\brequire\(/;
const PART_OF_IMPORT = /^\s*(?:[\w, {}]*|\} from .*)$/;
const SCRAP = 40;

/** Prose without an end mark is a title, a menu, or was cut off; imports and scraps of code tell nothing. */
const shareOf = ({ unit, text }: Candidate): number => {
  const isWhole = unit.kind === 'code' ? text.length >= SCRAP && !isImports(text) : FINISHED.test(text);
  return isWhole || unit.kind === 'item' || unit.kind === 'row' ? 1 : WEIGHTS.unfinished;
};

const isImports = (code: string): boolean => {
  const lines = code.split('\n');
  return (
    lines.some((line) => IMPORT.test(line)) && lines.every((line) => IMPORT.test(line) || PART_OF_IMPORT.test(line))
  );
};

/** Of vectors of length 1. */
export const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
