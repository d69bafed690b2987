import pLimit from 'p-limit';
import type { Passage } from '../../../domain/search.ts';
import type { Embedder } from '../../../ports/embedder.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { askedOf, cosine, definer, isBoiler, looksUnfinished, WEIGHTS, wordScore } from './score.ts';
import { type Weighed, select } from './select.ts';
import { wordsFor } from './words.ts';

export const BUDGET = { units: 32, characters: 6000, each: 400, context: true };

const nearest = <T extends { candidate: Candidate; cheap: number }>(candidates: T[]) => {
  const sorted = candidates.toSorted((a, b) => b.cheap - a.cheap);
  let characters = 0;
  return sorted.slice(0, BUDGET.units).filter(({ candidate }) => (characters += Math.min(BUDGET.each, candidate.text.length)) <= BUDGET.characters);
};

export const analyse = async (embedder: Pick<Embedder, 'embedQuery'>, question: string, passages: readonly Passage[]) => {
  const words = wordsFor([question, ...passages.slice(0, 3).map(({ content }) => content)].join('\n'));
  const candidates = candidatesOf(passages, words);
  const asked = askedOf(question, candidates, words);
  const defines = definer(question);
  const top = Math.max(...passages.map(({ score }) => score));
  const factor = (c: Candidate) => (looksUnfinished(c) ? WEIGHTS.unfinished : 1) * (isBoiler(c) ? WEIGHTS.boiler : 1);
  const cheap = candidates.map((candidate) => {
    const words = wordScore(asked, candidate);
    const bonus = defines(candidate) ? WEIGHTS.defines : 0;
    return { candidate, words, bonus, cheap: (words + bonus + WEIGHTS.passage * (candidate.passage.score / top)) * factor(candidate) };
  });
  const limited = pLimit(4);
  const vector = await embedder.embedQuery(question);
  const scored: (Weighed & { meaning: number; words: number })[] = await Promise.all(nearest(cheap).map(({ candidate, words, bonus }) => limited(async () => {
    const lead = BUDGET.context ? (candidate.unit.heading ?? candidate.passage.section ?? '') : '';
    const v = await embedder.embedQuery((lead ? lead + '\n' : '') + candidate.text.slice(0, BUDGET.each));
    const meaning = Math.max(0, cosine(vector, v));
    const base = WEIGHTS.words * words + bonus + WEIGHTS.meaning * meaning + WEIGHTS.passage * (candidate.passage.score / top);
    return { ...candidate, vector: v, meaning, words, score: base * factor(candidate) };
  })));
  const near = scored.map((c) => ({ ...c, score: c.score + WEIGHTS.near * Math.max(0, ...scored.filter((o) => c.unit.kind !== 'code' && o.unit.block === c.unit.block && o.stretch === c.stretch && Math.abs(o.index - c.index) === 1).map((o) => o.score)) }));
  return { candidates, asked, scored: near, chosen: select(near, candidates) };
};
