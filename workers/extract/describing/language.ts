/** What the detector looks at of a text, and the least that it can judge. */
const WINDOW = 1000;
const WINDOWS = 3;
const SHORTEST = 20;

/** Letters alone: names of files, numbers and signs mislead. */
const NO_LETTERS = /[^\p{L}\p{M}'’]+/gu;

const windowsOf = (sample: readonly string[]): string[] =>
  sample
    .flatMap((text) => [text.slice(0, 4 * WINDOW), text.slice(text.length >> 1, (text.length >> 1) + 4 * WINDOW)])
    .map((text) => text.replace(NO_LETTERS, ' ').trim().slice(0, WINDOW))
    .filter((text) => text.length >= SHORTEST)
    .slice(0, WINDOWS);

/**
 * The language of a text, ISO 639-1, as most of its stretches have it; undefined when the detector is not sure. It costs
 * 100 ms and 90 MB to load, once.
 */
export const languageOf = async (sample: readonly string[]): Promise<string | undefined> => {
  const windows = windowsOf(sample);
  if (windows.length === 0) return undefined;
  const { eld } = await import('eld/extrasmall');
  const votes = new Map<string, number>();
  for (const window of windows) {
    const found = eld.detect(window);
    if (found.isReliable()) votes.set(found.language, (votes.get(found.language) ?? 0) + 1);
  }
  const [language, count] = [...votes].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0]);
  return count * 2 > windows.length ? language : undefined;
};
