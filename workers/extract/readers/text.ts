import type { Mark, Reader } from '../reading.ts';
import { decoded } from '../text/decode.ts';
import { linesOf } from '../text/lines.ts';

/** Longer lines are no headings. */
const LONGEST_TITLE = 120;
const UNDERLINE = /^([=\-~^"'`#*+:.])\1{2,}\s*$/;
const ASCIIDOC = /^(={1,6}) (\S.*)$/;
const LATEX = /^\s*\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\{([^}]+)\}/;
const LATEX_LEVELS = ['part', 'chapter', 'section', 'subsection', 'subsubsection', 'paragraph'];

interface Line {
  readonly start: number;
  readonly line: string;
}

const inline = ({ start, line }: Line): Mark | undefined => {
  const asciidoc = ASCIIDOC.exec(line);
  if (asciidoc?.[2] !== undefined) return { start, level: (asciidoc[1] as string).length, title: asciidoc[2] };
  const latex = LATEX.exec(line);
  if (latex?.[2] === undefined) return undefined;
  return { start, level: LATEX_LEVELS.indexOf(latex[1] as string) + 1, title: latex[2] };
};

/**
 * The headings of plain text: underlined ones (reStructuredText; levels in the order in which their signs appear),
 * AsciiDoc's and LaTeX's.
 */
export function* headingsOf(text: string): Generator<Mark> {
  const signs: string[] = [];
  let before: Line | undefined;
  for (const { start, end } of linesOf(text)) {
    const current = { start, line: text.slice(start, Math.min(end, start + LONGEST_TITLE)) };
    const sign = UNDERLINE.exec(current.line)?.[1];
    const title = before?.line.trim() ?? '';
    const underlined = sign !== undefined && title !== '' && end - start >= title.length && !UNDERLINE.test(title);
    if (underlined && before !== undefined) {
      if (!signs.includes(sign)) signs.push(sign);
      yield { start: before.start, level: Math.min(6, signs.indexOf(sign) + 1), title };
    }
    const heading = end - start > LONGEST_TITLE ? undefined : inline(current);
    if (heading !== undefined) yield heading;
    before = current;
  }
}

export const read: Reader = async (bytes, fileName) => {
  const { text, verbatim } = await decoded(bytes);
  return { text, verbatim, kind: fileName.endsWith('.log') ? 'rows' : 'prose', marks: headingsOf(text) };
};
