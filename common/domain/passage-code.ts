import { type Line, linesOf } from './passage-lines.ts';
import type { Span } from './sentences.ts';

/** A block up to this size is shown whole, whatever is inside. */
const WHOLE = 700;

/** Neighbours are put together while they stay below this: a line of imports says little alone. */
const TOGETHER = 200;

const CLOSER = /^(?:[)\]}>]|end\b|fi\b|done\b|esac\b)/;
const CONTINUED = /^\s*(?:[.?:&|+]|else\b)/;

/**
 * Source code in pieces that can be read alone, in order: statements between blank lines, with the more indented lines
 * that belong to them; a comment stays with what follows it. A block of more than 700 units is cut inside, at its own
 * members, so that its head stands with the first.
 */
export const codeSpansOf = (text: string, span: Span): Span[] =>
  together(blocksOf(linesOf(text, span)).flatMap(cutToSize)).map(spanOf);

type Block = readonly Line[];

const blocksOf = (lines: Block, base = leastIndent(lines)): Block[] => {
  const blocks: Line[][] = [];
  for (const [index, line] of lines.entries()) {
    const block = blocks.at(-1);
    if (block === undefined || startsBlock(line, lines[index - 1], base)) blocks.push([line]);
    else block.push(line);
  }
  return blocks.map(withoutBlankEnds).filter((block) => block.length > 0);
};

const startsBlock = (line: Line, before: Line | undefined, base: number): boolean =>
  !line.blank &&
  line.indent <= base &&
  !isCloser(line) &&
  before !== undefined &&
  (before.blank || (isCloser(before) && before.indent <= base));

const isCloser = ({ text }: Line): boolean => CLOSER.test(text.trim());

const leastIndent = (lines: Block): number =>
  Math.min(...lines.filter((line) => !line.blank && !isCloser(line)).map(({ indent }) => indent));

const cutToSize = (block: Block): Block[] => {
  if (sizeOf(block) <= WHOLE) return [block];
  const base = leastIndent(block);
  const inner = leastIndent(block.filter(({ indent }) => indent > base));
  const members = Number.isFinite(inner) ? blocksOf(block, inner) : [block];
  if (members.length > 1) return members.flatMap(cutToSize);
  const statements = together(statementsOf(block, Number.isFinite(inner) ? inner : base));
  return statements.length > 1 ? statements.flatMap(cutToSize) : together(block.map((line) => [line]));
};

const statementsOf = (block: Block, base: number): Block[] => {
  const statements: Line[][] = [];
  for (const line of block) {
    const goesOn = line.blank || line.indent > base || isCloser(line) || CONTINUED.test(line.text);
    const last = statements.at(-1);
    if (last === undefined || !goesOn) statements.push([line]);
    else last.push(line);
  }
  return statements;
};

const together = (blocks: readonly Block[]): Block[] => {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const fits = last !== undefined && (isClosers(block) || sizeOf([...last, ...block]) <= TOGETHER);
    if (last !== undefined && fits) joined[joined.length - 1] = [...last, ...block];
    else joined.push(block);
  }
  return joined.map(withoutBlankEnds).filter((block) => block.length > 0);
};

const isClosers = (block: Block): boolean => block.every((line) => line.blank || isCloser(line));

const withoutBlankEnds = (block: Block): Block => {
  const first = block.findIndex(({ blank }) => !blank);
  const last = block.findLastIndex(({ blank }) => !blank);
  return first === -1 ? [] : block.slice(first, last + 1);
};

const sizeOf = (block: Block): number => {
  const { start, end } = spanOf(block);
  return end - start;
};

const spanOf = (block: Block): Span => ({ start: block[0]?.start ?? 0, end: block.at(-1)?.end ?? 0 });
