/** Graphemes longer than this are cut: nothing that a person wrote is. */
const WINDOW = 64;

/** Below it every unit is a grapheme of its own (but CR LF, which is white space). */
const SIMPLE = 0x300;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const splitsPair = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;

/**
 * Where to cut between `from` and `at`: at `at`, or where the grapheme starts that it would split.
 * Never inside a surrogate pair, always after `from`.
 */
export const graphemeStart = (text: string, from: number, at: number): number => {
  if (at >= text.length || (text.charCodeAt(at) < SIMPLE && text.charCodeAt(at - 1) < SIMPLE)) return at;
  const base = Math.max(from, at - WINDOW);
  const found = segmenter.segment(text.slice(base, at + WINDOW)).containing(at - base);
  const start = base + (found?.index ?? 0);
  if (start > from) return start;
  if (!splitsPair(text, at)) return at;
  return at - 1 > from ? at - 1 : at + 1;
};
