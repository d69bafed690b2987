import type { Passage } from '../../../common/domain/search.ts';
import type { AnswerEvent, Citation } from '../../../common/ports/generator.ts';
import type { Output } from '../terminal/output.ts';
import { runningText } from '../terminal/running-text.ts';
import { harmless } from '../terminal/text.ts';
import { excerpt, wordsOf } from './excerpt.ts';

type Place = Pick<Passage, 'fileName' | 'pageNumber' | 'section' | 'startPosition' | 'endPosition'>;

const EXCERPT_LINES = 5;

/** `docs/guide.md, page 3, Install > Linux, characters 120-480`. */
const placeOf = (out: Output, place: Place): string => {
  const { fileName, pageNumber, section, startPosition, endPosition } = place;
  const where = [
    ...(pageNumber === undefined ? [] : [`page ${pageNumber}`]),
    ...(section === undefined ? [] : [harmless(section)]),
    `characters ${startPosition}-${endPosition}`,
  ];
  return `${out.paint('bold', harmless(fileName))}${out.paint('dim', `, ${where.join(', ')}`)}`;
};

interface Entry {
  readonly mark: string;
  readonly place: Place;
  readonly text: string;
  readonly words: readonly string[];
}

const printEntry = (out: Output, { mark, place, text, words }: Entry): void => {
  const indent = ' '.repeat(mark.length + 1);
  out.line(`${out.paint('cyan', mark)} ${placeOf(out, place)}`);
  const size = { columns: out.columns - indent.length, lines: EXCERPT_LINES };
  for (const line of excerpt(text, words, size)) out.line(`${indent}${line}`.trimEnd());
};

/** Search results for people, best first. @param query picks the lines of each that are shown */
export const printPassages = (out: Output, passages: readonly Passage[], query: string): void => {
  const words = wordsOf(query);
  const digits = String(passages.length).length;
  for (const [index, passage] of passages.entries()) {
    if (index > 0) out.line();
    const mark = `${String(index + 1).padStart(digits)}.`;
    printEntry(out, { mark, place: passage, text: passage.content, words });
  }
};

const printCitations = (out: Output, citations: readonly Citation[], question: string): void => {
  const words = wordsOf(question);
  for (const citation of citations) {
    out.line();
    printEntry(out, { mark: `[${citation.n}]`, place: citation, text: citation.snippet, words });
  }
};

/** Prints an answer as it comes, then its citations; returns them. */
export const printAnswer = async (
  out: Output,
  events: AsyncIterable<AnswerEvent>,
  question: string,
): Promise<readonly Citation[]> => {
  const text = runningText(out.columns);
  let citations: readonly Citation[] = [];
  for await (const event of events) {
    if (event.type === 'token') out.piece(text.push(event.text));
    else citations = event.citations;
  }
  out.line(text.end());
  printCitations(out, citations, question);
  return citations;
};
