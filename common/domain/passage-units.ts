import { type BlockKind, blocksOf } from './passage-blocks.ts';
import { codeSpansOf } from './passage-code.ts';
import { isMostlyCode, linesOf } from './passage-lines.ts';
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

/** What a passage can be quoted by, in reading order; headings and rules are not. */
export const unitsOf = (text: string): Unit[] => {
  const whole = { start: 0, end: text.length };
  if (isMostlyCode(linesOf(text)) && !text.includes('```'))
    return codeSpansOf(text, whole).map((span, block) => ({ kind: 'code', block, ...span }));
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

const spansOf = (text: string, kind: Unit['kind'], span: Span): Span[] => {
  if (kind === 'code') return codeSpansOf(text, span);
  if (kind === 'row' || (kind === 'item' && span.end - span.start <= LONGEST_ITEM)) return [trimmed(text, span)];
  return sentencesOf(text, span);
};

const titleOf = (line: string): string => line.replace(/^[\s#]+|[\s#]+$/g, '');
