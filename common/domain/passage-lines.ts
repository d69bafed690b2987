import type { Span } from './sentences.ts';

/** One line, without its line break. */
export interface Line extends Span {
  readonly text: string;
  /** White space before its first character; a tab counts as four. */
  readonly indent: number;
  readonly blank: boolean;
}

/** Splits at \n; a \r before it is left out. */
export const linesOf = (text: string, { start, end }: Span = { start: 0, end: text.length }): Line[] => {
  const lines: Line[] = [];
  let from = start;
  while (from <= end) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 || newline > end ? end : newline;
    lines.push(lineAt(text, from, to));
    from = to + 1;
  }
  return lines;
};

const lineAt = (text: string, start: number, end: number): Line => {
  const line = text.slice(start, end).replace(/\r$/, '');
  const white = /^\s*/.exec(line)?.[0] ?? '';
  return {
    start,
    end: start + line.length,
    text: line,
    indent: white.replaceAll('\t', '    ').length,
    blank: white.length === line.length,
  };
};

const SYMBOLS = /[{}()[\];=<>_|&!+*@#\\]/g;
const SYMBOL_SHARE = 0.12;
const CODE: readonly RegExp[] = [
  /^(?:\/\/|\/\*|\*\/|\* |\*$|#!|#\[|"""|'''|--\s|<!--|@\w+(?:\(.*\))?$)/, // comments and annotations
  /[{};]$|[)\]}]\s?[{;,)]$|=>$|[([]$|^[)\]}>;,\s]+$|^<\/?[\w:.-]+[^<]*>?$|^"[^"]*"\s?:/, // brackets, tags, JSON
  /^(?:import\s[\w{*'"]|from\s[\w.]+\simport|export\s[\w{*]|package\s[\w.]+;?$|using\s[\w.]+;|#(?:include|define|pragma|if|else|endif)\b)/,
  /^(?:(?:pub|async|static|public|private|protected|final|abstract|export)\s)*(?:def|class|fn|func|function|struct|enum|impl|trait|namespace|template|typedef|interface|type|const|let|var)\s[\w<(:&*].*[({=;:<)]/,
  /^(?:return|raise|throw|yield|await|assert|del|pass|break|continue)(?:\s[\w.([{"'-]+(?:\(.*\))?)?;?$/,
  /^(?:if|elif|else|for|while|switch|case|try|except|finally|catch|with|do)\b.*[{:]$/,
  /^[\w.$[\]'"*& ]{1,60}(?:\s?:\s?[\w<>[\], |]+)?\s?(?::=|[+-]?=)\s?\S/, // an assignment
  /^[\w.$:]+(?:<\w+>)?\([^)]*\)?[;,{]?$/, // a call
];
const SENTENCE = /^[^{}<>;=|]*[.!?…。！？][\])"'”’*_`]*$/u;
const ENUMERATION = /^[^{}<>;=|]*:$/;
const WORDS_OF_SENTENCE = 5;
const WORDS_OF_TEXT = 14;

/** What a line looks like by itself; `unclear` goes with its neighbours. */
export type LineKind = 'code' | 'prose' | 'unclear';

export const kindOfLine = ({ text }: Pick<Line, 'text'>): LineKind => {
  const line = text.trim();
  if (line === '') return 'unclear';
  const words = line.match(/\p{L}{2,}/gu)?.length ?? 0;
  const symbols = (line.match(SYMBOLS)?.length ?? 0) / line.length;
  const commented = CODE[0]?.test(line) ?? false;
  if (!commented && words >= WORDS_OF_SENTENCE && SENTENCE.test(line)) return 'prose';
  if (!commented && words >= WORDS_OF_TEXT && symbols < SYMBOL_SHARE / 4) return 'prose';
  if (symbols > SYMBOL_SHARE || CODE.some((pattern) => pattern.test(line))) return 'code';
  return words >= WORDS_OF_SENTENCE && ENUMERATION.test(line) ? 'prose' : 'unclear';
};

/** Whether more lines look like code than like prose. */
export const isMostlyCode = (lines: readonly Line[]): boolean => {
  const kinds = lines.map(kindOfLine);
  const count = (kind: LineKind) => kinds.filter((each) => each === kind).length;
  return count('code') > count('prose') && count('code') >= count('unclear') / 3;
};
