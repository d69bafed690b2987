import type { Mark } from '../reading.ts';

const TITLE_LENGTH = 120;
const PATH_LENGTH = 160;

interface Heading {
  readonly level: number;
  readonly title: string;
}

const shortened = (title: string, length: number): string => {
  const clean = title
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed();
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).toWellFormed()}…`;
};

const joined = (headings: readonly Heading[]): string | undefined => {
  const titles = headings.map(({ title }) => title).filter((title) => title !== '');
  if (titles.length === 0) return undefined;
  const path = titles.join(' > ');
  return path.length <= PATH_LENGTH ? path : [titles[0], '…', titles.at(-1)].join(' > ');
};

/**
 * Follows the headings through a text. Where a piece holds several sections it is under what they have in common; where
 * this is nothing, with `leading`, under the first.
 */
export const sectionPath = (leading: boolean) => {
  let path: readonly Heading[] = [];

  const enter = ({ level, title }: Mark): void => {
    if (title === undefined) return;
    path = [...path.filter((heading) => heading.level < level), { level, title: shortened(title, TITLE_LENGTH) }];
  };

  /**
   * What the next piece of text is under.
   * @param opening the marks at its start
   * @param inner those further on
   */
  return (opening: readonly Mark[], inner: readonly Mark[]): string | undefined => {
    for (const mark of opening) enter(mark);
    const first = path;
    let outermost = Number.POSITIVE_INFINITY;
    for (const mark of inner) {
      enter(mark);
      if (mark.title !== undefined) outermost = Math.min(outermost, mark.level);
    }
    return joined(first.filter(({ level }) => level < outermost)) ?? (leading ? joined(first) : undefined);
  };
};
