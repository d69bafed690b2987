import type { Mark, Reader } from '../reading.ts';
import { decoded } from '../text/decode.ts';
import { linesOf } from '../text/lines.ts';

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*$/;
const UNDERLINE = /^ {0,3}(=+|-{2,})[ \t]*$/;
/** What an underline cannot make a heading of: an item, a quotation, a table row, a rule, code. */
const NO_TITLE = /^(?: {4}|\t| {0,3}(?:[-*+>|#]|\d+[.)]\s|<|`{3}))/;

/** Longer lines are no headings. */
const LONGEST_TITLE = 300;

const plain = (title: string): string => title.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]+/g, '');

interface Line {
  readonly start: number;
  readonly line: string;
}

/** The heading that a line is, or makes of the line before it. */
const headingAt = (before: Line | undefined, { start, line }: Line): Mark | undefined => {
  const heading = HEADING.exec(line);
  if (heading?.[1] !== undefined) return { start, level: heading[1].length, title: plain(heading[2] ?? '') };
  const underline = before === undefined || NO_TITLE.test(before.line) ? null : UNDERLINE.exec(line);
  if (underline === null || before === undefined || before.line.trim() === '') return undefined;
  return { start: before.start, level: underline[1]?.startsWith('=') ? 1 : 2, title: plain(before.line.trim()) };
};

/** Follows fenced code, in which nothing is a heading. */
const fences = () => {
  let open: string | undefined;
  /** True for a line inside a fence, or one that opens or closes it. */
  return (line: string): boolean => {
    const fence = FENCE.exec(line)?.[1];
    if (open === undefined) {
      open = fence;
      return fence !== undefined;
    }
    if (fence?.startsWith(open) && line.trim() === fence) open = undefined;
    return true;
  };
};

/** The headings of a markdown text, ATX and setext, outside code. */
export function* headingsOf(text: string, from = 0): Generator<Mark> {
  const fenced = fences();
  let before: Line | undefined;
  for (const { start, end } of linesOf(text, from)) {
    const current = { start, line: text.slice(start, Math.min(end, start + LONGEST_TITLE)) };
    const code = fenced(current.line);
    const heading = code || end - start > LONGEST_TITLE ? undefined : headingAt(before, current);
    if (heading !== undefined) yield heading;
    before = code || heading !== undefined ? undefined : current;
  }
}

/** Where the front matter ends: 0 where there is none. */
const endOfFrontMatter = (text: string): number => {
  if (!/^---[ \t]*\r?\n/.test(text)) return 0;
  const end = /\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text.slice(0, 16_384));
  return end === null ? 0 : end.index + end[0].length;
};

const titleOf = (text: string, body: number): string | undefined => {
  const named = /^title:[ \t]*(["']?)(.+?)\1[ \t]*$/m.exec(text.slice(0, body))?.[2];
  if (named !== undefined) return named;
  for (const { level, title } of headingsOf(text.slice(0, 16_384), body)) if (level === 1) return title;
  return undefined;
};

export const read: Reader = async (bytes) => {
  const { text, verbatim } = await decoded(bytes);
  const body = endOfFrontMatter(text);
  return { text, verbatim, kind: 'prose', marks: headingsOf(text, body), title: titleOf(text, body) };
};
