/** A line of a text, without its end. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

const NEWLINE = '\n';

/** The lines of a text from a position on, lazily. CR before LF belongs to the line's end. */
export function* linesOf(text: string, from = 0): Generator<LineSpan> {
  let start = from;
  while (start < text.length) {
    const found = text.indexOf(NEWLINE, start);
    const next = found === -1 ? text.length : found;
    yield { start, end: next > start && text.charAt(next - 1) === '\r' ? next - 1 : next };
    start = next + 1;
  }
}
