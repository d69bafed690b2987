import type { Mark } from '../reading.ts';

const TITLE_LENGTH = 80;
const PATH_LENGTH = 160;

interface Heading {
  readonly level: number;
  readonly title: string;
}

const shortened = (title: string, length: number): string => {
  const clean = title.replace(/\s+/g, ' ').trim();
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).toWellFormed()}…`;
};

const joined = (headings: readonly Heading[]): string | undefined => {
  const titles = headings.map(({ title }) => title).filter((title) => title !== '');
  if (titles.length === 0) return undefined;
  const path = titles.join(' > ');
  return path.length <= PATH_LENGTH ? path : [titles[0], '…', titles.at(-1)].join(' > ');
};

/** Follows the headings through a text. */
export const sectionPath = () => {
  let path: readonly Heading[] = [];

  const enter = ({ level, title }: Mark): void => {
    if (title === undefined) return;
    path = [...path.filter((heading) => heading.level < level), { level, title: shortened(title, TITLE_LENGTH) }];
  };

  /**
   * What a piece of text is under. Several sections in one piece: what they have in common, else where it starts.
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
    return joined(first.filter(({ level }) => level < outermost)) ?? joined(first);
  };
};
