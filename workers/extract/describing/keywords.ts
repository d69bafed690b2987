import stopwords from 'stopwords-iso/stopwords-iso.json' with { type: 'json' };

const MOST = 10;
const LENGTHS: readonly [number, number] = [3, 40];
const WORD = /(?<![\p{L}\p{N}_-])[\p{L}_][\p{L}\p{N}\p{M}_-]*/gu;

/** Counted with what it is the plural of, in many languages. */
const PLURAL = /(?<=\p{L}{2}[^s])s$/u;

/** Words of programs that say nothing about one. */
const OF_CODE = new Set(
  'const let var function return import export from async await class extends implements interface type string number boolean void null undefined none true false self this new public private protected static final def elif else for while switch case break continue try except catch finally throw throws raise struct enum impl mut pub use mod fn func package end then int char double float bool byte long unsigned auto include define std print println printf main args readonly yield typeof instanceof super init'.split(
    ' ',
  ),
);

const byLanguage: Record<string, readonly string[]> = stopwords;

/** Words that carry no meaning in a language, and the English ones, which are everywhere. */
const emptyWords = (language: string | undefined): ReadonlySet<string> =>
  new Set([...(byLanguage[language ?? 'en'] ?? []), ...(byLanguage['en'] ?? [])]);

/**
 * The words that a text uses most, without those that carry no meaning; most used first, ties as first met. Each as it
 * is written first.
 */
export const keywordsOf = (sample: readonly string[], language: string | undefined): string[] => {
  const empty = emptyWords(language);
  const counts = new Map<string, { written: string; count: number }>();
  for (const [written] of sample.join('\n').matchAll(WORD)) {
    const word = written.toLowerCase();
    if (word.length < LENGTHS[0] || word.length > LENGTHS[1] || empty.has(word) || OF_CODE.has(word)) continue;
    const singular = word.replace(PLURAL, '');
    const known = counts.get(singular);
    if (known === undefined) counts.set(singular, { written, count: 1 });
    else known.count += 1;
  }
  const ranked = [...counts.values()].sort((a, b) => b.count - a.count);
  return ranked.slice(0, MOST).map(({ written }) => written);
};
