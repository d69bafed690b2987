import { unzipSync } from 'fflate';

const STYLES = 'word/styles.xml';
/** A larger part is no list of styles. */
const MOST_BYTES = 8 * 1024 * 1024;

const HEADING = /<w:name\s[^>]*w:val="heading ([1-9])"/i;
const TITLE = /<w:name\s[^>]*w:val="title"/i;
const OUTLINE = /<w:outlineLvl\s[^>]*w:val="([0-8])"/;
const ID = /w:styleId="([^"]*)"/;

const DEEPEST = 6;

const levelOf = (style: string): number | undefined => {
  if (TITLE.test(style)) return 1;
  const named = HEADING.exec(style)?.[1];
  const outlined = OUTLINE.exec(style)?.[1];
  if (named === undefined && outlined === undefined) return undefined;
  return Math.min(DEEPEST, named === undefined ? Number(outlined) + 1 : Number(named));
};

/**
 * The heading level of each paragraph style that has one. Word gives its styles ids in the language of the author
 * ("Titre1", "1", "a3"); the names inside stay English.
 */
export const headingStyles = (bytes: Uint8Array): ReadonlyMap<string, number> => {
  const part = unzipSync(bytes, { filter: ({ name, originalSize }) => name === STYLES && originalSize <= MOST_BYTES });
  const xml = Buffer.from(part[STYLES] ?? []).toString('utf8');
  const levels = new Map<string, number>();
  for (const style of xml.split('<w:style ').slice(1)) {
    const [id, level] = [ID.exec(style)?.[1], levelOf(style)];
    if (id !== undefined && level !== undefined) levels.set(id, level);
  }
  return levels;
};
