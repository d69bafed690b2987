import { type Mark, type Reader, ROW_LEVEL } from '../reading.ts';
import { decoded } from '../text/decode.ts';

const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;

/** A header is looked for in so much of a file, and so much of it is kept. */
const HEADER_LENGTH = 10_000;
const SEPARATORS = [',', ';', '\t', '|'];

/** Where each row begins; a line end inside quotes ends none. */
function* rowStarts(text: string): Generator<number> {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) quoted = !quoted;
    const ends = code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) !== NEWLINE);
    if (ends && !quoted && at + 1 < text.length) yield at + 1;
  }
}

/** The column names, joined: what each row is about. Empty when the first row does not look like names. */
const headerOf = (text: string): string => {
  const first = text.slice(0, rowStarts(text.slice(0, HEADER_LENGTH)).next().value ?? 0).trim();
  const separator = SEPARATORS.reduce((best, next) =>
    first.split(next).length > first.split(best).length ? next : best,
  );
  const names = first.split(separator).map((name) => name.trim().replace(/^"(.*)"$/s, '$1'));
  const isNames = names.length > 1 && names.every((name) => name !== '' && !/^[\d.,:/\s-]+$/.test(name));
  return isNames ? names.join(', ') : '';
};

function* marksOf(text: string): Generator<Mark> {
  yield { start: 0, level: 1, title: headerOf(text) };
  for (const start of rowStarts(text)) yield { start, level: ROW_LEVEL };
}

/** The text is the file's; each chunk stands under the column names. */
export const read: Reader = async (bytes) => {
  const { text, verbatim } = await decoded(bytes);
  return { text, verbatim, kind: 'prose', marks: marksOf(text) };
};
