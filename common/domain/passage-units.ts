import { type BlockKind, blocksOf } from './passage-blocks.ts';
import { codeSpansOf } from './passage-code.ts';
import { isMostlyCode, kindOfLine, linesOf } from './passage-lines.ts';
import { type Span, sentencesOf, trimmed } from './sentences.ts';

/** The least that an answer quotes: a sentence, a list item, a table row, a block of code. */
export interface Unit extends Span {
  readonly kind: Exclude<BlockKind, 'heading'>;
  /** The heading above it in the same passage. */
  readonly heading?: string;
  /** Which paragraph, list item, row or piece of code of the passage it belongs to; from 0. */
  readonly block: number;
}

/** An item that is longer is quoted by the sentence. */
const LONGEST_ITEM = 500;

/** What is known of a text's kind: `unknown` lets the text itself tell. */
export type TextKind = 'code' | 'prose' | 'unknown';

/** What a passage can be quoted by, in reading order; headings and rules are not. */
export const unitsOf = (text: string, kind: TextKind): Unit[] => {
  if (kind === 'code' || (kind === 'unknown' && isAllCode(text)))
    return codeSpansOf(text, { start: 0, end: text.length }).map((span, block) => ({ kind: 'code', block, ...span }));
  let heading: string | undefined;
  return blocksOf(text).flatMap(({ kind, start, end }, block) => {
    if (kind === 'heading') heading = titleOf(text.slice(start, end));
    if (kind === 'heading') return [];
    return spansOf(text, kind, { start, end }).map((span) => ({
      kind,
      block,
      ...span,
      ...(heading !== undefined && { heading }),
    }));
  });
};

/** Sentences that stand among code unindented are no comment: the text is a page with examples. */
const isAllCode = (text: string): boolean => {
  const lines = linesOf(text);
  const hasProse = lines.some((line) => line.indent === 0 && kindOfLine(line) === 'prose');
  return isMostlyCode(lines) && !hasProse && !text.includes('```');
};

const spansOf = (text: string, kind: Unit['kind'], span: Span): Span[] => {
  if (kind === 'code') return codeSpansOf(text, span);
  if (kind === 'row' || (kind === 'item' && span.end - span.start <= LONGEST_ITEM)) return [trimmed(text, span)];
  return sentencesOf(text, span);
};

const titleOf = (line: string): string => line.replace(/^[\s#]+|[\s#]+$/g, '');
