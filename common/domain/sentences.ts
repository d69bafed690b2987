/** A part of a text: UTF-16 units, end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A sentence beyond it is cut between words: tables and menus that lost their layout have no full stops. */
const LONGEST_SENTENCE = 400;

/** A line shorter than this share of the paragraph's longest was ended on purpose. */
const WRAPPED_SHARE = 0.6;

const TERMINAL = /[.!?:;。！？；：…]["'”’»)\]]*\s*$/u;
const ABBREVIATED =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|vs|cf|approx|incl|Dr|Mr|Mrs|Ms|Prof|St|No|Nr|Fig|Eq|Sec|Vol|pp?|al|ca|bzw|z\.B|d\.h|\d{1,2})\.\s*$/u;

const REFERENCE = /(?:\[\d{1,3}\])+\s*/y;

/**
 * The sentences of one paragraph, in order, without the white space around them. A line break ends a sentence only
 * where the line was not wrapped: after an end mark, or when the line is much shorter than the longest.
 */
export const sentencesOf = (text: string, { start, end }: Span): Span[] => {
  const sentences: Span[] = [];
  let from = start;
  for (const to of boundariesOf(unwrapped(text.slice(start, end)))) {
    sentences.push(...piecesOf(text, trimmed(text, { start: from, end: start + to })));
    from = start + to;
  }
  return sentences;
};

/** Where sentences end; the last one is the paragraph's length. */
const boundariesOf = (paragraph: string): number[] => {
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(paragraph);
  return [...segments]
    .filter(({ segment }) => !ABBREVIATED.test(segment) || segment.endsWith('\n'))
    .map(({ segment, index }) => afterReference(paragraph, index + segment.length))
    .filter((at) => at < paragraph.length)
    .concat(paragraph.length);
};

/** "...of 1975.[16] The next...": the mark of a reference belongs to the sentence before. */
const afterReference = (paragraph: string, at: number): number => {
  const bracket = paragraph[at - 1] === '[' ? at - 1 : at;
  REFERENCE.lastIndex = bracket;
  return REFERENCE.test(paragraph) ? REFERENCE.lastIndex : at;
};

/** The same length, with a space for each line break inside a sentence. */
const unwrapped = (paragraph: string): string => {
  const lines = paragraph.split('\n');
  const widest = Math.max(...lines.map((line) => line.length)) * WRAPPED_SHARE;
  return lines
    .map((line, index) => {
      if (index === lines.length - 1) return line;
      return TERMINAL.test(line) || line.length < widest ? `${line}\n` : `${line} `;
    })
    .join('');
};

const piecesOf = (text: string, { start, end }: Span): Span[] => {
  const pieces: Span[] = [];
  let from = start;
  while (end - from > LONGEST_SENTENCE) {
    const space = text.lastIndexOf(' ', from + LONGEST_SENTENCE);
    const to = space > from ? space : wholeCharacter(text, from + LONGEST_SENTENCE);
    pieces.push(trimmed(text, { start: from, end: to }));
    from = to;
  }
  return [...pieces, trimmed(text, { start: from, end })].filter((piece) => piece.end > piece.start);
};

/** Never between the halves of a surrogate pair. */
const wholeCharacter = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at);

/** The span without the white space at its ends. */
export const trimmed = (text: string, { start, end }: Span): Span => {
  const part = text.slice(start, end);
  const lead = part.length - part.trimStart().length;
  return { start: start + lead, end: Math.max(start + lead, start + part.trimEnd().length) };
};
