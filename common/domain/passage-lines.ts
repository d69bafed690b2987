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

const SYMBOLS = /[{}()[\];=<>_|&!+*@$#\\]/g;
const SYMBOL_SHARE = 0.12;
const OPENS_OR_ENDS = /[{};]$|[)\]}]\s*[{;,)]$|=>$|\($|^[)\]}>;,\s]+$|^<\/?[\w:.-]+[^<]*>?$|^"[^"]*"\s*:/;
const COMMENT = /^(?:\/\/|\/\*|\*\/|\* |#!|#\[|"""|'''|--\s|<!--)/;
const STARTS =
  /^(?:import\s[\w{*'"]|from\s+[\w.]+\s+import|export\s+(?:default|const|class|function|interface|type|async)|package\s+[\w.]+;?$|using\s+[\w.]+;|#(?:include|define|pragma|ifdef|ifndef|endif|if\s|else$)|@[A-Z]\w+|def\s+\w+\s*\(|class\s+\w+\s*[(:{<]|(?:pub|fn|func|function|struct|enum|impl|trait|namespace|template|typedef|interface|static|public|private|protected|const|let|var|async)\s+[\w<(:&*]+.*[({=;<]|return\b.*[;)(]|(?:if|for|while|switch|catch|elif)\b.*[){:]$|else\b\s*[:{]?$|(?:try|finally)\s*[:{]$)/;
const ASSIGNMENT = /^[\w.$[\]'"*& ]{1,60}\s*(?::[\w<>[\], |]+)?(?::=|\+=|-=|=)\s*\S/;
const CALL = /^[\w.$:]+(?:<\w+>)?\([^)]*\)?[;,{]?$/;

/** Whether a line looks like source code, markup or data rather than prose. Blank lines do not. */
export const isCodeLine = ({ text }: Pick<Line, 'text'>): boolean => {
  const line = text.trim();
  if (line === '') return false;
  if ([COMMENT, STARTS, OPENS_OR_ENDS, ASSIGNMENT, CALL].some((pattern) => pattern.test(line))) return true;
  return (line.match(SYMBOLS)?.length ?? 0) / line.length > SYMBOL_SHARE;
};

/** Whether most of the lines that are not blank look like code. */
export const isMostlyCode = (lines: readonly Line[]): boolean => {
  const written = lines.filter(({ blank }) => !blank);
  return written.length > 0 && written.filter(isCodeLine).length > written.length / 2;
};
