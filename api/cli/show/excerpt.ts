import { harmlessLines, wrap } from '../terminal/text.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const MIN_WORD = 3;
const ELLIPSIS = '…';

/** Lower case, each once; short ones say nothing. */
export const wordsOf = (text: string): string[] => [
  ...new Set((text.toLowerCase().match(WORD) ?? []).filter((word) => word.length >= MIN_WORD)),
];

/** Without what all lines have in front, and without blank lines. */
const dedented = (text: string): string => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => /^ */.exec(line)?.[0].length ?? 0));
  return lines.map((line) => line.slice(indent)).join('\n');
};

const hitsIn = (lines: readonly string[], words: readonly string[]): number => {
  const text = lines.join(' ').toLowerCase();
  return words.filter((word) => text.includes(word)).length;
};

export interface ExcerptSize {
  readonly columns: number;
  readonly lines: number;
}

/**
 * A few lines of a text, harmless and wrapped: those that hold most of the words, the earliest of equals.
 * Lines that were left out are marked by an ellipsis.
 */
export const excerpt = (text: string, words: readonly string[], { columns, lines }: ExcerptSize): string[] => {
  const all = wrap(dedented(harmlessLines(text)), columns);
  if (all.length <= lines) return all;
  let best = { start: 0, hits: -1 };
  for (let start = 0; start + lines <= all.length; start += 1) {
    const hits = hitsIn(all.slice(start, start + lines), words);
    if (hits > best.hits) best = { start, hits };
  }
  const shown = all.slice(best.start, best.start + lines);
  if (best.start > 0) shown[0] = `${ELLIPSIS} ${shown[0]?.trimStart()}`;
  if (best.start + lines < all.length) shown.push(ELLIPSIS);
  return shown;
};
