const WORD = /\p{L}+/gu;
const BROKEN = /(\p{L}+)[-\u2010\u00ad]$/u;
const REST = /^(\p{Ll}\p{L}*)(\S*)\s*/u;
const SOFT = '\u00ad';

/** The words of some lines, in lower case; the halves of broken ones are none. */
export const vocabularyOf = (lines: Iterable<string>): ReadonlySet<string> => {
  const words = new Set<string>();
  let broken = false;
  for (const line of lines) {
    const whole = (broken ? line.replace(REST, '') : line).replace(BROKEN, '').toLowerCase();
    for (const [word] of whole.matchAll(WORD)) words.add(word);
    broken = BROKEN.test(line);
  }
  return words;
};

/**
 * Joins a word that was broken at a line's end; the second line keeps the rest. The hyphen stays where the halves are
 * words of the same text, as in "chat-optimized". Undefined when no word was broken.
 */
export const rejoined = (
  line: string,
  next: string,
  vocabulary: ReadonlySet<string>,
): readonly [line: string, next: string] | undefined => {
  const first = BROKEN.exec(line)?.[1]?.toLowerCase();
  const rest = REST.exec(next);
  const second = rest?.[1]?.toLowerCase();
  if (first === undefined || second === undefined || rest === null) return undefined;
  const compound = vocabulary.has(first) && vocabulary.has(second) && !vocabulary.has(`${first}${second}`);
  const stem = compound && !line.endsWith(SOFT) ? line : line.slice(0, -1);
  return [`${stem}${rest[1]}${rest[2]}`, next.slice(rest[0].length)];
};
