import type { Mark } from '../reading.ts';

/** What lies between two pieces of text: nothing, a line end, or a blank line. */
const GAPS = ['', '\n', '\n\n'] as const;

/**
 * Puts a text together from runs, lines and blocks, with its headings. Line ends are written when text follows, so no
 * two blank lines meet.
 */
export const textBuilder = () => {
  const parts: string[] = [];
  const marks: Mark[] = [];
  let [length, gap] = [0, 0];

  const write = (text: string): void => {
    parts.push(text);
    length += text.length;
  };

  const flush = (): void => {
    if (length > 0 && gap > 0) write(GAPS[gap] as string);
    gap = 0;
  };

  return {
    /** Of what is written; the next text begins there or behind a gap. */
    length: (): number => length,
    /** Joins what stands there. */
    run(text: string): void {
      if (text === '') return;
      flush();
      write(text);
    },
    /** What follows begins on a new line. */
    line(): void {
      gap = Math.max(gap, 1);
    },
    /** What follows begins a paragraph. */
    block(): void {
      gap = 2;
    },
    /** Marks where the next text begins. */
    mark(level: number, title?: string): void {
      flush();
      marks.push(title === undefined ? { start: length, level } : { start: length, level, title });
    },
    /** True where nothing stands in the current line. */
    atLineStart: (): boolean => length === 0 || gap > 0,
    /** The text, well-formed and without NUL, which keeps its length. */
    done: (): { text: string; marks: Mark[] } => ({
      text: parts.join('').replaceAll('\0', '\ufffd').toWellFormed(),
      marks,
    }),
  };
};

export type TextBuilder = ReturnType<typeof textBuilder>;
