/** How quoted text stands in an answer: as text, never as the answer's own marks. */

const IMAGE_OR_LINK = /!?\[([^\]]*)\]\([^()\s]*(?:\s[^()]*)?\)/g;
const FENCE = /`{3,}|~{3,}/g;
const NUMBER_IN_BRACKETS = /\[(\d+)\]/g;
const TAG = /<[/!?]?[a-z][^<>`]*>/gi;
const OPEN_TAG = /<(?=[/!?]?[a-z])/gi;
const CODE_SPAN = /(`[^`]*`)/;

/**
 * One line. "[3]" would pass for a citation and becomes "[ 3 ]"; links lose their targets, images become their
 * descriptions, and tags become code, so that nothing is loaded or run where the answer is shown as a page.
 */
export const quotedProse = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(FENCE, '')
    .replace(IMAGE_OR_LINK, '$1')
    .replace(NUMBER_IN_BRACKETS, '[ $1 ]')
    .split(CODE_SPAN)
    .map((part, index) => (index % 2 === 1 ? part : withoutTags(part)))
    .join('');

const withoutTags = (text: string): string =>
  text
    .split(TAG)
    .map((part) => part.replace(OPEN_TAG, '< '))
    .reduce((before, part, index) => `${before}\`${text.match(TAG)?.[index - 1]}\`${part}`);

/** One line, its cells apart. */
export const quotedRow = (text: string): string => quotedProse(text.trim().replace(/\t+/g, ' | '));

/** Fenced by more marks than any run inside has, without the indentation that all lines share. */
export const quotedCode = (code: string): string => {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${dedented(code)}\n${fence}`;
};

const dedented = (code: string): string => {
  const lines = code.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  const written = lines.filter((line) => line.trim() !== '');
  const shared = Math.min(...written.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(shared)).join('\n');
};
