import type { Mark } from '../reading.ts';
import type { OpenTag } from './html-events.ts';

/** A stretch of a text. */
export type Stretch = readonly [start: number, end: number];

interface Marked {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** The main part counts when it is so much of the whole. */
const LEAST_SHARE = 0.25;

/** Follows elements of one kind; tells where in the text they began and ended. */
const stretches = (begins: (tag: OpenTag) => boolean, position: () => number) => {
  const found: Stretch[] = [];
  let [name, depth, start] = ['', 0, 0];
  return {
    open(tag: OpenTag): void {
      if (depth > 0) depth += tag.name === name ? 1 : 0;
      else if (begins(tag)) [name, depth, start] = [tag.name, 1, position()];
    },
    close(closed: string): void {
      if (depth === 0 || closed !== name) return;
      depth -= 1;
      if (depth === 0) found.push([start, position()]);
    },
    found,
  };
};

const lengthOf = (found: readonly Stretch[]): number => found.reduce((sum, [start, end]) => sum + end - start, 0);

/** The stretches alone, a blank line between them. */
const only = ({ text, marks }: Marked, found: readonly Stretch[]): Marked => {
  const kept: Mark[] = [];
  let joined = '';
  let next = 0;
  for (const [from, to] of found) {
    const part = text.slice(from, to);
    const start = from + part.length - part.trimStart().length;
    if (joined !== '') joined += '\n\n';
    while ((marks[next]?.start ?? to) < start) next += 1;
    for (; (marks[next]?.start ?? to) < to; next += 1) {
      const mark = marks[next] as Mark;
      kept.push({ ...mark, start: mark.start - start + joined.length });
    }
    joined += part.trim();
  }
  return { text: joined, marks: kept };
};

/** Finds what a page calls its main part, or else its articles. */
export const mainFinder = (position: () => number) => {
  const main = stretches(({ name, attributes }) => name === 'main' || attributes.get('role') === 'main', position);
  const articles = stretches(({ name }) => name === 'article', position);
  return {
    open(tag: OpenTag): void {
      main.open(tag);
      articles.open(tag);
    },
    close(name: string): void {
      main.close(name);
      articles.close(name);
    },
    /** That part of what was built, or all of it. */
    mainOf(whole: Marked): Marked {
      const least = whole.text.length * LEAST_SHARE;
      const found = [main.found, articles.found].find((each) => lengthOf(each) > least);
      return found === undefined ? whole : only(whole, found);
    },
  };
};
