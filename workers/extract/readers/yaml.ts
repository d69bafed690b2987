import type { Mark, Reader } from '../reading.ts';
import { decoded } from '../text/decode.ts';
import { linesOf } from '../text/lines.ts';

/** Keys further inside are details. */
const DEEPEST = 3;
const LOOKED_AT = 200;

const KEY = /^( *)((?:- +)*)(["']?)([^\s"'#:{}[\],&*!|>%@`-][^"'#:{}[\]]*)\3[ \t]*:(?:[ \t]|$)/;
const BLOCK_SCALAR = /[|>][+-]?\d?[ \t]*(?:#.*)?$/;
const NEW_DOCUMENT = /^---(?:\s|$)/;

interface YamlLine {
  readonly start: number;
  readonly line: string;
}

/** The lines that are not the text of a block scalar. */
function* structureOf(text: string): Generator<YamlLine> {
  let scalar = Number.POSITIVE_INFINITY;
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, Math.min(end, start + LOOKED_AT));
    const indentation = line.search(/\S/);
    if (indentation === -1 || indentation > scalar) continue;
    scalar = BLOCK_SCALAR.test(line) ? indentation : Number.POSITIVE_INFINITY;
    yield { start, line };
  }
}

/** The keys of the outer levels. */
export function* keysOf(text: string): Generator<Mark> {
  const open: number[] = [];
  for (const { start, line } of structureOf(text)) {
    if (NEW_DOCUMENT.test(line)) yield { start, level: 1, title: '' };
    const key = KEY.exec(line);
    if (key === null) continue;
    const column = (key[1] as string).length + (key[2] as string).length;
    while ((open.at(-1) ?? -1) >= column) open.pop();
    const level = open.push(column);
    if (level <= DEEPEST) yield { start, level, title: (key[4] as string).trim() };
  }
}

export const read: Reader = async (bytes) => {
  const { text, verbatim } = await decoded(bytes);
  return { text, verbatim, kind: 'rows', marks: keysOf(text) };
};
