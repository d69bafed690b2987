/** How quoted text stands in an answer: as text, never as the answer's own marks. */

const IMAGE = /!\[([^\]]*)\]\([^)\s]*[^)]*\)/g;
const LINK = /\[([^\]]+)\]\([^)\s]*[^)]*\)/g;
const FENCE_MARKS = /`{3,}|~{3,}/g;
const TAG = /(?<!`[^`]*)<[/!?]?[a-zA-Z][^<>`]*>/g;
const LOOSE_TAG = /(?<!`)<(?=[/!?]?[a-zA-Z])(?![^<>`]*>`)/g;
const NUMBER_IN_BRACKETS = /\[(\d+)\]/g;

/** One line. "[3]" in it would pass for a citation, so it gets spaces; images and links lose their targets. */
export const quotedProse = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(FENCE_MARKS, '')
    .replace(IMAGE, '$1')
    .replace(LINK, '$1')
    .replace(TAG, (tag) => `\`${tag}\``)
    .replace(LOOSE_TAG, '< ')
    .replace(NUMBER_IN_BRACKETS, '[ $1 ]');

/** Fenced by more marks than any run inside, with its line breaks and without the indentation that all lines share. */
export const quotedCode = (code: string): string => {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${dedented(code)}\n${fence}`;
};

const dedented = (code: string): string => {
  const lines = code.replace(/\r\n?/g, '\n').replace(/\s+$/, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared)).join('\n');
};
