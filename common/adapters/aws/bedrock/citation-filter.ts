import type { Citer } from './cite.ts';

/** Passes an answer on as it comes in, and puts its citations right. */
export interface CitationFilter {
  /** What may be shown of the answer so far, beyond what was; a citation is held back until it is whole. */
  push(piece: string): string;
  /** The rest. */
  end(): string;
}

/** What may yet become a citation, with the space before it, or a longer run of backticks. */
const UNFINISHED = /(?:[^\S\n]{0,80}(?:\[[\d\s,;–-]{0,40})?|`{1,80})$/;

const MARKS = /(?<ticks>`+)|(?<space>[^\S\n]{0,80})\[(?<numbers>\d+(?:\s*[,;–-]\s*\d+)*)\]|(?<newline>\n)/g;
const FENCE = 3;
/** From here on, and 0, it is a year or an index: no passage has such a number. */
const NO_CITATION = 1_000;
const WIDEST_RANGE = 20;
const LONGEST_STATEMENT = 600;

/**
 * Citations in the text are [2], [2][5], [2, 5] or [2-5]; in code brackets are left alone.
 * @param cite the number that stands for the passage in the answer; undefined takes the citation out, with the space
 * before it. `statement`: what was said since the last citation or the last paragraph's end.
 */
export const citationFilter = (cite: Citer['cite']): CitationFilter => {
  let held = '';
  let statement = '';
  let isCited = false;
  let code: string | undefined;

  const say = (text: string): string => {
    if (isCited && text.trim() !== '') {
      isCited = false;
      statement = '';
    }
    statement = (statement + text).slice(-LONGEST_STATEMENT);
    return text;
  };

  const ticked = (ticks: string): string => {
    if (code === undefined) code = ticks;
    else if (ticks.length === code.length || (code.length >= FENCE && ticks.length > code.length)) code = undefined;
    return say(ticks);
  };

  const brokenLine = (): string => {
    if (code !== undefined && code.length < FENCE) code = undefined;
    if (code === undefined && statement.endsWith('\n')) statement = '';
    return say('\n');
  };

  const cited = (space: string, numbers: string): string => {
    const used = new Set(namedIn(numbers).map((n) => cite(n, statement)));
    used.delete(undefined);
    if (used.size === 0) return '';
    isCited = true;
    return `${space}${[...used].map((n) => `[${n}]`).join('')}`;
  };

  const marked = ({ 0: whole, groups = {} }: RegExpExecArray): string => {
    const { ticks, newline, space = '', numbers = '' } = groups;
    if (ticks !== undefined) return ticked(ticks);
    if (newline !== undefined) return brokenLine();
    if (code !== undefined) return say(whole);
    return isNoCitation(numbers) ? say(`${space}[ ${numbers} ]`) : cited(space, numbers);
  };

  const passed = (text: string): string => {
    let out = '';
    let at = 0;
    for (const mark of text.matchAll(MARKS)) {
      if (mark.index > at) out += say(text.slice(at, mark.index));
      out += marked(mark);
      at = mark.index + mark[0].length;
    }
    return at < text.length ? out + say(text.slice(at)) : out;
  };

  return {
    push(piece) {
      const text = held + piece;
      const ready = text.search(UNFINISHED);
      held = text.slice(ready);
      return passed(text.slice(0, ready));
    },
    end() {
      const rest = held.trimEnd();
      held = '';
      return passed(rest);
    },
  };
};

const isNoCitation = (numbers: string): boolean => {
  const n = Number(numbers);
  return n === 0 || n >= NO_CITATION;
};

/** '2, 5-7' -> 2, 5, 6, 7. */
const namedIn = (numbers: string): number[] =>
  numbers.split(/[,;]/).flatMap((part) => {
    const [first = 0, last = first] = part.split(/[–-]/).map(Number);
    const length = Math.min(WIDEST_RANGE, Math.max(1, last - first + 1));
    return Array.from({ length }, (_, index) => first + index);
  });
