import type { TextBuilder } from './builder.ts';
import { collector } from './collector.ts';
import type { HtmlHandler } from './html-events.ts';
import { openLists } from './html-lists.ts';

const BLOCKS = new Set(
  'p div section article main header footer aside nav ul ol dl table blockquote figure figcaption form fieldset details address hr body'.split(
    ' ',
  ),
);
const LINES = new Set('br li dt dd tr caption summary legend option'.split(' '));
const CELLS = new Set(['td', 'th']);
/** What cells are made of in many editors: no paragraphs of their own. */
const IN_CELLS = new Set(['p', 'div']);
const HEADING = /^h[1-6]$/;

/** A longer heading is none, or has no end. */
const LONGEST_HEADING = 500;

const isList = (name: string): boolean => name === 'ul' || name === 'ol';

const collapsed = (text: string): string => text.replace(/\s+/g, ' ');

/** Writes a page as a browser lays it out: blocks, lines, list items, table rows, headings as sections. */
export const htmlFlow = (built: TextBuilder): HtmlHandler & { end(): void } => {
  const lists = openLists();
  const heading = collector();
  const preformatted = collector();
  let [level, space, before] = [0, false, ''];
  let [cells, inRow] = [0, false];

  const write = (text: string): void => {
    const words = collapsed(text);
    const word = words.trim();
    if (word === '') {
      space ||= words !== '';
      return;
    }
    const gap = before === '' && !built.atLineStart() && (space || words.startsWith(' ')) ? ' ' : '';
    built.run(`${gap}${built.atLineStart() ? before.replace(/^ \|/, '|') : before}${word}`);
    [before, space] = ['', words.endsWith(' ')];
  };

  const endHeading = (): void => {
    const title = collapsed(heading.end()).trim();
    if (title === '') return;
    built.block();
    if (title.length <= LONGEST_HEADING) built.mark(level, title);
    built.run(title);
    built.block();
  };

  const endPreformatted = (): void => {
    const text = preformatted
      .end()
      .replace(/^\r?\n/, '')
      .trimEnd();
    if (text === '') return;
    built.block();
    built.run(text);
    built.block();
  };

  /** After it the rest of a table's row is no row. */
  const breakAs = (kind: 'line' | 'block'): void => {
    built[kind]();
    if (before.startsWith(' |')) before = '';
    cells = 0;
  };

  const breakAt = (name: string, outer: number): void => {
    const nested = isList(name) && lists.depth() > outer;
    if (inRow && IN_CELLS.has(name)) space = true;
    else if (BLOCKS.has(name) && before === '' && !nested) breakAs('block');
    else if (BLOCKS.has(name) || LINES.has(name)) breakAs('line');
  };

  const openCell = (): void => {
    if (cells > 0) before += ' | ';
    cells += 1;
    space = false;
  };

  const openOther = (name: string): void => {
    breakAt(name, 0);
    if (isList(name)) lists.open(name);
    if (name === 'li') before = lists.bullet();
    if (name === 'tr') inRow = true;
    if (name === 'table') inRow = false;
    if (CELLS.has(name)) openCell();
  };

  return {
    open({ name }) {
      if (name === 'br' && (preformatted.add('\n') || heading.add(' '))) return;
      if (name === 'pre') preformatted.start();
      if (HEADING.test(name)) {
        endHeading();
        level = Number(name.slice(1));
        heading.start();
      }
      if (heading.length() > LONGEST_HEADING) endHeading();
      openOther(name);
    },
    close(name) {
      if (HEADING.test(name)) endHeading();
      if (name === 'pre') endPreformatted();
      breakAt(name, 1);
      if (name === 'li') before = '';
      if (isList(name)) lists.close();
      if (name === 'tr' || name === 'table') inRow = false;
    },
    text(text) {
      if (!preformatted.add(text) && !heading.add(text)) write(text);
    },
    end() {
      endHeading();
      endPreformatted();
    },
  };
};
