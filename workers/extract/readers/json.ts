import { type Mark, type Reader, ROW_LEVEL } from '../reading.ts';
import { decoded } from '../text/decode.ts';

/** Keys further inside are details. */
const DEEPEST = 3;
const LONGEST_KEY = 100;

/** Where the string that starts at `start` ends: after its quotation mark, or at the text's end. */
const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"') return at + 1;
    else if (character === '\n') return at;
  }
  return text.length;
};

const BEFORE_COLON = /\s*:/y;

const isKey = (text: string, end: number): boolean => {
  BEFORE_COLON.lastIndex = end;
  return BEFORE_COLON.test(text);
};

interface Token {
  readonly start: number;
  readonly end: number;
  readonly sign: string;
}

/** Strings, and the brackets around them. */
function* tokensOf(text: string): Generator<Token> {
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (!'"{}[]'.includes(sign)) continue;
    const end = sign === '"' ? endOfString(text, at) : at + 1;
    yield { start: at, end, sign };
    at = end - 1;
  }
}

/** The keys of the outer objects, and the outer objects and arrays. Bears any nesting, and what is not valid JSON. */
export function* keysOf(text: string): Generator<Mark> {
  let depth = 0;
  for (const { start, end, sign } of tokensOf(text)) {
    if (sign === '"') {
      const outer = depth > 0 && depth <= DEEPEST && end - start <= LONGEST_KEY;
      if (outer && isKey(text, end)) yield { start, level: depth, title: text.slice(start + 1, end - 1) };
    } else if (sign === '{' || sign === '[') {
      if (depth < DEEPEST) yield { start, level: ROW_LEVEL };
      depth += 1;
    } else {
      depth = Math.max(0, depth - 1);
    }
  }
}

export const read: Reader = async (bytes) => {
  const { text, verbatim } = await decoded(bytes);
  return { text, verbatim, kind: 'rows', marks: keysOf(text) };
};
