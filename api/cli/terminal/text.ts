/** Text on a terminal: made harmless, measured, cut and wrapped. Widths are columns. */

/** Controls, and the marks that turn the direction of writing: both can make a line say what it does not hold. */
const HARMFUL = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Takes two columns: East Asian wide and full-width characters, emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
const ONE_COLUMN_EACH = /^[\x20-\x7e]*$/;
const TAB = '    ';
const ELLIPSIS = '…';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** C0 controls have pictures of their own from U+2400 on; the rest becomes the replacement character. */
const pictureOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\ufffd';
};

/** One line that no terminal obeys: a file name, a tag, a message of which only one line is wanted. */
export const harmless = (text: string): string => text.toWellFormed().replace(HARMFUL, pictureOf);

/** As `harmless`, but line breaks stay and tabs become spaces: answers and snippets. */
export const harmlessLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => harmless(line.replaceAll('\t', TAB)))
    .join('\n');

const columnsOf = (grapheme: string): number => (WIDE.test(grapheme) ? 2 : 1);

export const widthOf = (text: string): number => {
  if (ONE_COLUMN_EACH.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += columnsOf(segment);
  return width;
};

/** As much of the beginning as fits, and the rest. At least one grapheme, so that a caller always comes on. */
const splitAt = (text: string, columns: number): [string, string] => {
  let width = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    width += columnsOf(segment);
    if (width > columns && index > 0) break;
    end = index + segment.length;
  }
  return [text.slice(0, end), text.slice(end)];
};

/** Cuts what is over at the end. */
export const clip = (text: string, columns: number): string =>
  widthOf(text) <= columns ? text : `${splitAt(text, columns - 1)[0]}${ELLIPSIS}`;

/** Cuts what is over at the start: of a path the end says most. */
export const clipStart = (text: string, columns: number): string => {
  if (widthOf(text) <= columns) return text;
  const kept: string[] = [];
  let width = 1;
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    width += columnsOf(segment);
    if (width > columns) break;
    kept.unshift(segment);
  }
  return `${ELLIPSIS}${kept.join('')}`;
};

export const padEnd = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)));

export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - widthOf(text))) + text;

const wrapLine = (line: string, columns: number): string[] => {
  const indent = clip(/^ */.exec(line)?.[0] ?? '', Math.floor(columns / 2));
  const lines: string[] = [];
  let current = indent;
  for (const word of line.trim().split(/ +/)) {
    const longer = current === indent ? indent + word : `${current} ${word}`;
    if (widthOf(longer) <= columns) {
      current = longer;
      continue;
    }
    if (current !== indent) lines.push(current);
    let rest = indent + word;
    while (widthOf(rest) > columns) {
      const [head, tail] = splitAt(rest, columns);
      lines.push(head);
      rest = tail;
    }
    current = rest;
  }
  return [...lines, current];
};

/** Breaks at spaces, inside a word only where it is longer than a line; keeps a line's indentation. */
export const wrap = (text: string, columns: number): string[] =>
  text.split('\n').flatMap((line) => (widthOf(line) <= columns ? [line.trimEnd()] : wrapLine(line, columns)));
