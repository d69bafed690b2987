import pLimit from 'p-limit';
import type { Passage } from '../../../domain/search.ts';
import type { Embedder } from '../../../ports/embedder.ts';
import type { AnswerEvent, Generator, Question } from '../../../ports/generator.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { askedOf, cosine, coverageOf, looksUnfinished, WEIGHTS, wordScore } from './score.ts';
import { type Scored, select } from './select.ts';
import { wordsFor } from './words.ts';

export const BUDGET = { units: 32, characters: 6000, each: 400, context: true };

const nearest = (candidates: { candidate: Candidate; cheap: number }[]) => {
  const sorted = candidates.toSorted((a, b) => b.cheap - a.cheap);
  let characters = 0;
  return sorted.slice(0, BUDGET.units).filter(({ candidate }) => (characters += Math.min(BUDGET.each, candidate.text.length)) <= BUDGET.characters);
};

export const analyse = async (embedder: Pick<Embedder, 'embedQuery'>, question: string, passages: readonly Passage[]) => {
  const words = wordsFor([question, ...passages.slice(0, 3).map(({ content }) => content)].join('\n'));
  const candidates = candidatesOf(passages, words);
  const terms = words.termsOf(question);
  const asked = askedOf(terms.length > 0 ? terms : words.allTermsOf(question), candidates);
  const top = Math.max(...passages.map(({ score }) => score));
  const cheap = candidates.map((candidate) => ({ candidate, words: wordScore(asked, candidate), cheap: wordScore(asked, candidate) + WEIGHTS.passage * (candidate.passage.score / top) }));
  const limited = pLimit(4);
  const vector = await embedder.embedQuery(question);
  const scored: (Scored & { meaning: number; words: number })[] = await Promise.all(nearest(cheap).map(({ candidate, words }) => limited(async () => {
    const lead = BUDGET.context ? (candidate.unit.heading ?? candidate.passage.section ?? '') : '';
    const v = await embedder.embedQuery((lead ? lead + '\n' : '') + candidate.text.slice(0, BUDGET.each));
    const meaning = Math.max(0, cosine(vector, v));
    const base = WEIGHTS.words * words + WEIGHTS.meaning * meaning + WEIGHTS.passage * (candidate.passage.score / top);
    return { ...candidate, vector: v, meaning, words, score: base * (looksUnfinished(candidate) ? WEIGHTS.unfinished : 1) };
  })));
  return { candidates, asked, scored, chosen: select(scored) };
};
