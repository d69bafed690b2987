import { type Mark, PAGE_LEVEL, type Reading, ROW_LEVEL, type TextKind } from '../reading.ts';
import { classOf, isSpace, isWordUnit, pieces, SPACE } from './characters.ts';
import { graphemeStart } from './graphemes.ts';
import { endsSentence, startsItem } from './sentences.ts';

/** How well a text may be cut before an atom. A heading's or declaration's is SECTION less its level. */
export const STRENGTH = { cut: 1, word: 2, line: 3, unit: 4, paragraph: 6, page: 8, section: 17 } as const;

/** The least of a text that is not cut: a word, or a part of one that is too long. */
export interface Atom {
  readonly start: number;
  /** Before the white space that follows. */
  readonly end: number;
  /** Estimated word pieces. */
  readonly cost: number;
  /** Of the boundary before it. */
  readonly strength: number;
  /** Those that begin here. */
  readonly marks: readonly Mark[];
}

/** Beyond these an atom ends, at a sign or else anywhere. */
const SIGN_AFTER = 24;
const LONGEST = 48;
const DEAREST = 24;

/** White space is not free: what is mostly blank must end, too. */
const COST_OF_SPACE = 1 / 16;

const NONE: readonly Mark[] = [];

const strengthOfMark = ({ level }: Mark): number => {
  if (level === ROW_LEVEL) return STRENGTH.unit;
  return level === PAGE_LEVEL ? STRENGTH.page : STRENGTH.section - level;
};

const strongest = (strength: number, marks: readonly Mark[]): number =>
  marks.reduce((most, mark) => Math.max(most, strengthOfMark(mark)), strength);

/** Gives the marks up to a position, in order. */
const cursor = (marks: Iterable<Mark>) => {
  const all = marks[Symbol.iterator]();
  let next = all.next();
  return {
    /** Where the next one is; Infinity after the last. */
    peek: (): number => (next.done === true ? Number.POSITIVE_INFINITY : next.value.start),
    upTo(position: number): readonly Mark[] {
      if (next.done === true || next.value.start > position) return NONE;
      const found: Mark[] = [];
      for (; next.done !== true && next.value.start <= position; next = all.next()) found.push(next.value);
      return found;
    },
  };
};

const SENTENCE_ENDS = /[。！？｡]/;
const SIGNS = /[,;:)\]}>|/&、，；：」』）]/;

interface Piece {
  readonly end: number;
  readonly cost: number;
  /** Of a boundary right after it, where no white space follows. */
  readonly after: number;
}

/** How well a run without white space may be cut after one of its units. */
const cutAfter = (text: string, at: number, length: number): number => {
  const code = text.charCodeAt(at);
  if (code >= 0x3000 && SENTENCE_ENDS.test(text.charAt(at))) return STRENGTH.unit;
  if (length < SIGN_AFTER && code < 0x3000) return 0;
  return SIGNS.test(text.charAt(at)) ? STRENGTH.word : 0;
};

/** The run of characters at `from`, as far as one atom may go. */
const pieceAt = (text: string, from: number, limit: number): Piece => {
  let [at, cost, run, previous] = [from, 0, 0, SPACE];
  while (at < limit) {
    const kind = classOf(text.charCodeAt(at));
    if (kind === SPACE) break;
    cost += pieces(kind, previous, run);
    run = isWordUnit(kind) ? run + 1 : 0;
    previous = kind;
    at += 1;
    const after = cutAfter(text, at - 1, at - from);
    if (after > 0) return { end: at, cost, after };
    if (at - from >= LONGEST || cost >= DEAREST)
      return { end: graphemeStart(text, from, at), cost, after: STRENGTH.cut };
  }
  return { end: at, cost, after: STRENGTH.cut };
};

interface Gap {
  /** Where the next word begins. */
  readonly end: number;
  readonly newlines: number;
}

const NEWLINE = 10;
const RETURN = 13;

const gapAt = (text: string, from: number): Gap => {
  let [at, newlines] = [from, 0];
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isSpace(code)) break;
    const alone = code === RETURN && text.charCodeAt(at + 1) !== NEWLINE;
    if (code === NEWLINE || alone) newlines += 1;
  }
  return { end: at, newlines };
};

const strengthOfGap = (text: string, kind: TextKind, end: number, gap: Gap): number => {
  if (gap.newlines > 1) return STRENGTH.paragraph;
  if (kind !== 'prose') return gap.newlines === 1 ? STRENGTH.unit : STRENGTH.word;
  if (endsSentence(text, end, gap.end)) return STRENGTH.unit;
  if (gap.newlines === 0) return STRENGTH.word;
  return startsItem(text, gap.end) ? STRENGTH.unit : STRENGTH.line;
};

/** Takes a text apart, lazily and in linear time. The atoms leave out white space and nothing else. */
export function* atomsOf({ text, kind, marks }: Pick<Reading, 'text' | 'kind' | 'marks'>): Generator<Atom> {
  const upcoming = cursor(marks);
  let strength: number = STRENGTH.paragraph;
  let start = gapAt(text, 0).end;
  while (start < text.length) {
    const here = upcoming.upTo(start);
    const piece = pieceAt(text, start, Math.min(text.length, upcoming.peek()));
    const gap = gapAt(text, piece.end);
    const cost = piece.cost + (gap.end - piece.end) * COST_OF_SPACE;
    yield { start, end: piece.end, cost, strength: strongest(strength, here), marks: here };
    strength = gap.end === piece.end ? piece.after : strengthOfGap(text, kind, piece.end, gap);
    start = gap.end;
  }
}
