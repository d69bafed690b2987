import { isMostlyCode, kindOfLine, type Line, type LineKind, linesOf } from './passage-lines.ts';
import type { Span } from './sentences.ts';

/** `row`: of a table; `item`: of a list, its continuation lines included. */
export type BlockKind = 'heading' | 'prose' | 'item' | 'row' | 'code';

export interface Block extends Span {
  readonly kind: BlockKind;
}

const FENCE = /^\s*(?<marks>`{3,}|~{3,})\s*(?<language>\w*)/;
const HEADING = /^\s{0,3}#{1,6}\s/;
const RULE = /^\s*\|?[\s|:*_=-]+$/;
const ROW = /^\s*\|.*\||\t\S.*\t|^[^|]+ \| [^|]+ \| /;
const ITEM = /^\s*(?:[-*+•‣◦]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S/;
const TITLE = /^[^.!?:;,。！？=]{1,80}$/u;
const MOST_WORDS_OF_TITLE = 10;

/** The parts of a text in order: what Markdown marks as such, and what looks like it in plain text. */
export const blocksOf = (text: string): Block[] => {
  const lines = linesOf(text);
  const blocks: Block[] = [];
  for (let at = firstFence(lines, blocks); at < lines.length; ) {
    at += FENCE.test(lines[at]?.text ?? '') ? fenced(lines, at, blocks) : paragraph(lines, at, blocks);
  }
  return codeTogether(text, blocks);
};

/** A passage may begin inside a fenced block: then its first fence closes. */
const firstFence = (lines: readonly Line[], blocks: Block[]): number => {
  const fences = lines.flatMap(({ text }, index) => (FENCE.test(text) ? [index] : []));
  const first = fences[0];
  if (first === undefined || FENCE.exec(lines[first]?.text ?? '')?.groups?.['language'] !== '') return 0;
  const before = lines.slice(0, first);
  const next = lines.slice(first + 1).find(({ blank }) => !blank);
  const opens = next !== undefined && kindOfLine(next) === 'code' && !HEADING.test(next.text);
  if (opens || !(isMostlyCode(before) || fences.length % 2 === 1)) return 0;
  add(blocks, 'code', before);
  return first + 1;
};

/** Up to a fence of the same marks, at least as many; a longer one may hold shorter ones. */
const fenced = (lines: readonly Line[], at: number, blocks: Block[]): number => {
  const marks = FENCE.exec(lines[at]?.text ?? '')?.groups?.['marks'] ?? '';
  const rest = lines.slice(at + 1);
  const length = rest.findIndex(({ text }) => text.trim().startsWith(marks) && /^[`~]+$/.test(text.trim()));
  const inside = length === -1 ? rest : rest.slice(0, length);
  add(blocks, 'code', inside);
  return inside.length + 2;
};

/** Takes the lines up to the next blank one, or the next that is of another kind. */
const paragraph = (lines: readonly Line[], at: number, blocks: Block[]): number => {
  const first = lines[at];
  if (first === undefined || first.blank || RULE.test(first.text)) return 1;
  const kind = kindOf(first);
  if (kind === 'heading' || kind === 'row') {
    add(blocks, kind, [first]);
    return 1;
  }
  const rest = lines.slice(at + 1);
  const length = rest.findIndex((line) => line.blank || FENCE.test(line.text) || kindOf(line) !== 'prose');
  const taken = [first, ...rest.slice(0, length === -1 ? rest.length : length)];
  addParagraph(blocks, kind, { taken, next: lines[at + taken.length] });
  return taken.length;
};

const addParagraph = (blocks: Block[], kind: BlockKind, { taken, next }: { taken: Line[]; next: Line | undefined }) => {
  const [first] = taken;
  const alone = kind === 'prose' && taken.length === 1 && (next === undefined || next.blank);
  if (alone && first !== undefined && isTitle(first)) return add(blocks, 'heading', taken);
  for (const run of runsOf(taken)) add(blocks, run.kind === 'code' ? 'code' : kind, run.lines);
};

/** Prose and code may follow each other without a blank line. An unclear line goes with the one before it. */
const runsOf = (lines: readonly Line[]): { kind: LineKind; lines: Line[] }[] => {
  const kinds = lines.map(kindOfLine);
  let kind = kinds.find((each) => each !== 'unclear') ?? 'prose';
  const runs: { kind: LineKind; lines: Line[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const own = kinds[index];
    if (own !== undefined && own !== 'unclear') kind = own;
    const last = runs.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else runs.push({ kind, lines: [line] });
  }
  return runs;
};

const kindOf = ({ text }: Line): BlockKind => {
  if (HEADING.test(text)) return 'heading';
  if (ITEM.test(text)) return 'item';
  return ROW.test(text) ? 'row' : 'prose';
};

const isTitle = (line: Line): boolean => {
  const text = line.text.trim();
  return TITLE.test(text) && kindOfLine(line) !== 'code' && text.split(/\s+/).length <= MOST_WORDS_OF_TITLE;
};

const add = (blocks: Block[], kind: BlockKind, lines: readonly Line[]): void => {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first !== undefined && last !== undefined) blocks.push({ kind, start: first.start, end: last.end });
};

/** Code with blank lines in it is one block. */
const codeTogether = (text: string, blocks: readonly Block[]): Block[] => {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const both = last?.kind === 'code' && block.kind === 'code' && text.slice(last.end, block.start).trim() === '';
    if (last !== undefined && both) joined[joined.length - 1] = { ...last, end: block.end };
    else joined.push(block);
  }
  return joined;
};
