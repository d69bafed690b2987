import { type Mark, PAGE_LEVEL } from '../reading.ts';
import { textBuilder } from './builder.ts';
import { rejoined, vocabularyOf } from './hyphens.ts';
import type { Segment } from './pdf-segments.ts';

interface Line {
  readonly text: string;
  readonly left: number;
  readonly y: number;
  readonly size: number;
}

/** In font sizes or usual line distances: what is further off begins a paragraph. */
const PARAGRAPH_GAP = 1.3;
const INDENT: readonly [number, number] = [0.8, 4];
/** How much larger than the body a heading is set; its longest text; and how many sizes are told apart. */
const HEADING_SIZE = 1.15;
const LONGEST_HEADING = 150;
const HEADING_LEVELS = 4;

const ENDED = /[.!?:;…。！？]["'”’)\]]*$/;
const LETTERS = /\p{L}{2}/u;

const linesOf = (segments: readonly Segment[]): Line[] => {
  const lines: Line[] = [];
  let row = -1;
  for (const { text, x, y, size, row: next } of segments) {
    const before = lines.at(-1);
    if (before !== undefined && next === row) {
      lines[lines.length - 1] = { ...before, text: `${before.text}\t${text}`, size: Math.max(before.size, size) };
    } else {
      lines.push({ text, left: x[0], y, size });
    }
    row = next;
  }
  return lines;
};

const rounded = (size: number): number => Math.round(size * 2) / 2;

/** The font size in which most of the text is set, and the larger ones of headings, largest first. */
const sizesOf = (pages: readonly (readonly Line[])[]): { body: number; headings: readonly number[] } => {
  const lengths = new Map<number, number>();
  for (const { size, text } of pages.flat())
    lengths.set(rounded(size), (lengths.get(rounded(size)) ?? 0) + text.length);
  const body = [...lengths].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0])[0];
  const headings = [...lengths.keys()].filter((size) => size >= body * HEADING_SIZE).sort((a, b) => b - a);
  return { body, headings: headings.slice(0, HEADING_LEVELS) };
};

/** The usual distance of two lines of a page. */
const leadingOf = (lines: readonly Line[]): number => {
  const gaps = lines
    .map((line, index) => line.y - (lines[index - 1]?.y ?? line.y))
    .filter((gap, index) => gap > 0 && gap < 3 * (lines[index]?.size ?? 0))
    .sort((a, b) => a - b);
  return gaps[gaps.length >> 1] ?? 0;
};

/** What parts two lines: a paragraph, or the end of the line alone. */
const begins = (before: Line, line: Line, leading: number): boolean => {
  const gap = line.y - before.y;
  if (rounded(before.size) !== rounded(line.size)) return Math.abs(before.size - line.size) > before.size / 10;
  if (gap < 0) return ENDED.test(before.text); // up: another column, or page
  if (gap > PARAGRAPH_GAP * Math.max(leading, line.size)) return true;
  const indent = (line.left - before.left) / line.size;
  return indent > INDENT[0] && indent < INDENT[1] && ENDED.test(before.text);
};

/** Words broken at the ends of lines are made whole. */
const unbroken = (lines: readonly Line[], vocabulary: ReadonlySet<string>): Line[] => {
  const whole = [...lines];
  for (const [index, line] of whole.entries()) {
    const next = whole[index + 1];
    const words = next === undefined ? undefined : rejoined(line.text, next.text, vocabulary);
    if (next === undefined || words === undefined) continue;
    whole[index] = { ...line, text: words[0] };
    whole[index + 1] = { ...next, text: words[1] };
  }
  return whole.filter(({ text }) => text !== '');
};

const isHeading = ({ text }: Line): boolean => text.length <= LONGEST_HEADING && LETTERS.test(text);

/** Lines and paragraphs of all pages; headings by the size of their font. */
export const pdfFlow = (
  pages: readonly (readonly Segment[])[],
): { text: string; marks: Mark[]; pageStarts: number[] } => {
  const built = textBuilder();
  const pageStarts: number[] = [];
  const broken = pages.map(linesOf);
  const { headings } = sizesOf(broken);
  const vocabulary = vocabularyOf(broken.flat().map(({ text }) => text));
  const levelOf = (line: Line): number => (isHeading(line) ? headings.indexOf(rounded(line.size)) + 1 : 0);
  let before: Line | undefined;

  /** Parts a line from the one before; true when it goes on with the same heading. */
  const part = (line: Line, leading: number): boolean => {
    if (before === undefined) return false;
    const level = levelOf(line);
    const apart = begins(before, line, leading) || level !== levelOf(before);
    if (apart) built.block();
    else built.line();
    return !apart && level > 0;
  };

  const writePage = (lines: readonly Line[]): void => {
    const leading = leadingOf(lines);
    for (const [index, line] of lines.entries()) {
      const goesOn = part(line, leading);
      if (index === 0) startPage();
      const level = levelOf(line);
      if (level > 0 && !goesOn) built.mark(level, line.text.split('\t')[0]);
      built.run(line.text);
      before = line;
    }
    if (lines.length === 0) startPage();
  };

  const startPage = (): void => {
    built.mark(PAGE_LEVEL);
    pageStarts.push(built.length());
  };

  for (const lines of broken) writePage(unbroken(lines, vocabulary));
  return { ...built.done(), pageStarts };
};
