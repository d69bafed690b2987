import type { TextChunk } from '../../../common/domain/chunk.ts';
import type { Reading } from '../reading.ts';
import { type Atom, atomsOf } from './atoms.ts';
import { countWords, isSpace } from './characters.ts';
import { packed } from './pack.ts';
import { sectionPath } from './section-path.ts';

/** Deeper than this nobody indents. */
const INDENTATION = 80;

const NEWLINE = 10;

/** Where the line's indentation begins, so that a chunk shows its first line as the others. */
const indented = (text: string, start: number): number => {
  for (let at = start - 1; at >= Math.max(0, start - INDENTATION); at -= 1) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return at + 1;
    if (!isSpace(code)) return start;
  }
  return start <= INDENTATION ? 0 : start;
};

/** Tells the page, from 1, of positions that only grow. */
const pageFinder = (pageStarts: readonly number[]) => {
  let page = 0;
  return (position: number): number | undefined => {
    while (page < pageStarts.length && (pageStarts[page] as number) <= position) page += 1;
    return page === 0 ? undefined : page;
  };
};

/**
 * Cuts a text into chunks for retrieval, in reading order. A chunk's content is exactly its part of the text; only white
 * space lies between two chunks. Lazy, in linear time.
 * @param budget estimated word pieces, which no chunk exceeds
 */
export function* chunksOf(reading: Reading, budget: number): Generator<TextChunk> {
  const { text } = reading;
  const sectionOf = sectionPath(reading.kind !== 'rows'); // the first of many keys says nothing of the others
  const pageAt = pageFinder(reading.pageStarts ?? []);
  let chunkIndex = 0;
  for (const run of packed(atomsOf(reading), budget)) {
    const [first, last] = [run[0] as Atom, run.at(-1) as Atom];
    const [startPosition, endPosition] = [indented(text, first.start), last.end];
    const content = text.slice(startPosition, endPosition);
    const section = sectionOf(
      first.marks,
      run.slice(1).flatMap(({ marks }) => marks),
    );
    const pageNumber = pageAt((startPosition + endPosition) >> 1);
    yield {
      chunkIndex,
      content,
      startPosition,
      endPosition,
      metadata: {
        ...(pageNumber === undefined ? {} : { pageNumber }),
        ...(section === undefined ? {} : { section }),
        wordCount: countWords(content),
        charCount: content.length,
      },
    };
    chunkIndex += 1;
  }
}
