import { isSource } from '../../../domain/format.ts';
import { unitsOf } from '../../../domain/passage-units.ts';
import type { Passage } from '../../../domain/search.ts';
import { type Span, trimmed } from '../../../domain/sentences.ts';
import { queryTermsOf } from '../../../domain/terms.ts';
import type { Citation } from '../../../ports/generator.ts';

export interface Citer {
  /**
   * The number under which a statement's proof stands in the answer.
   * @param n the passage that the model names; undefined is returned where there is none
   */
  cite(n: number, statement: string): number | undefined;
  /** In order of first use, from 1. */
  readonly citations: Citation[];
}

/** Finds what in a passage proves a statement: the sentence, list item, row or piece of code that shares most with it. */
export const citerOf = (shown: readonly Passage[], question: string): Citer => {
  const citations: Citation[] = [];
  const numbers = new Map<string, number>();
  return {
    citations,
    cite(n, statement) {
      const passage = shown[n - 1];
      if (passage === undefined) return undefined;
      const citation = citationOf(passage, proofOf(passage, [statement, question]), citations.length + 1);
      const range = `${citation.documentId} ${citation.startPosition} ${citation.endPosition}`;
      const known = numbers.get(range);
      if (known !== undefined) return known;
      numbers.set(range, citation.n);
      citations.push(citation);
      return citation.n;
    },
  };
};

/** @param claims the first of them that shares a word with a part of the passage decides which part */
const proofOf = ({ content, fileName }: Passage, claims: readonly string[]): Span => {
  const units = unitsOf(content, isSource(fileName) ? 'code' : 'unknown');
  const [first] = units;
  if (first === undefined) return trimmed(content, { start: 0, end: content.length });
  const terms = units.map(({ start, end }) => stemsOf(content.slice(start, end)));
  for (const claim of claims) {
    const claimed = stemsOf(claim);
    const scores = terms.map((of) => likeness(claimed, of));
    const best = Math.max(...scores);
    if (best > 0) return units[scores.indexOf(best)] ?? first;
  }
  return first;
};

/** So much of a word is alike in all its forms, more or less. */
const STEM = 6;

const stemsOf = (text: string): ReadonlySet<string> => new Set(queryTermsOf(text).map((term) => term.slice(0, STEM)));

/** Cosine of two sets. */
const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const shared = [...a].filter((stem) => b.has(stem)).length;
  return shared / Math.sqrt(Math.max(1, a.size * b.size));
};

const citationOf = (passage: Passage, { start, end }: Span, n: number): Citation => ({
  n,
  documentId: passage.documentId,
  fileName: passage.fileName,
  ...(passage.pageNumber !== undefined && { pageNumber: passage.pageNumber }),
  ...(passage.section !== undefined && { section: passage.section }),
  startPosition: passage.startPosition + start,
  endPosition: passage.startPosition + end,
  snippet: passage.content.slice(start, end),
});
