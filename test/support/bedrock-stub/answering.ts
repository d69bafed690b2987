import { cosine, type SparseVector, sparseVectorOf } from './vectors.ts';

const DIMENSION = 4096;
const LEAST = 0.25;

const PASSAGE = /<passage n="(\d+)"[^>]*>\n([\s\S]*?)\n<\/passage>/g;
const QUESTION = /<question>\n([\s\S]*?)\n<\/question>/;
const QUOTED = /"([^"]+)"/;

interface Sentence {
  readonly text: string;
  readonly n: string;
  readonly vector: SparseVector;
}

const sentencesOf = (prompt: string): Sentence[] =>
  [...prompt.matchAll(PASSAGE)].flatMap(([, n = '', content = '']) =>
    content
      .split(/(?<=[.!?])\s+/)
      .map((text) => text.replaceAll('\n', ' '))
      .map((text) => ({ n, text, vector: sparseVectorOf(text, DIMENSION) })),
  );

const bestFor = (clause: string, sentences: readonly Sentence[]): Sentence[] => {
  const asked = sparseVectorOf(clause, DIMENSION);
  const scored = sentences.map((sentence) => ({ sentence, score: cosine(asked, sentence.vector) }));
  const [best] = scored.toSorted((a, b) => b.score - a.score);
  return best !== undefined && best.score >= LEAST ? [best.sentence] : [];
};

/**
 * A model that does as it is told and knows nothing by itself: for each part of the question the sentence that shares
 * most with it, and its number. Where none does, what the system prompt has in quotation marks.
 */
export const answerTo = (system: string, prompt: string): string => {
  const question = QUESTION.exec(prompt)?.[1] ?? prompt;
  const sentences = sentencesOf(prompt);
  const found = question.split(/,\s*and\s+/).flatMap((clause) => bestFor(clause, sentences));
  if (found.length === 0) return QUOTED.exec(system)?.[1] ?? 'I do not know.';
  return [...new Set(found)].map(({ text, n }) => `${text} [${n}]`).join(' ');
};
