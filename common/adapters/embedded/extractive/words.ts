import { createRequire } from 'node:module';
import type { Stemmer } from 'snowball-stemmers';

/** Reads a text as the words that carry its meaning. */
export interface Words {
  /** In order, each time that it occurs: stemmed; an identifier also by its parts; without the stop words. */
  termsOf(text: string): string[];
  /** The same with the stop words. */
  allTermsOf(text: string): string[];
}

/** Snowball's name of each language that has stop words too. */
const STEMMERS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hu: 'hungarian',
  hy: 'armenian',
  it: 'italian',
  nl: 'dutch',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sl: 'slovene',
  sv: 'swedish',
  tr: 'turkish',
};
const LONGEST_WORD = 64;
const SAMPLE = 2_000;

const WORD = /[\p{L}\p{N}\p{M}_]+/gu;
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu;
const JOINTS = /_+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;

/** @param sample text in the language of the question; its most frequent stop words tell which one that is */
export const wordsFor = (sample: string): Words => {
  const { stemmers, stopWords } = library();
  const language = languageOf(sample.slice(0, SAMPLE), stopWords);
  const stemmer = stemmers.newStemmer(STEMMERS[language] ?? 'english');
  const stop = new Set([...(stopWords['en'] ?? []), ...(stopWords[language] ?? [])]);
  const read = (text: string, isKept: (word: string) => boolean) =>
    rawWords(text).flatMap((word) => termsOfWord(word, stemmer, isKept));
  return { termsOf: (text) => read(text, (word) => !stop.has(word)), allTermsOf: (text) => read(text, () => true) };
};

interface Library {
  readonly stemmers: { newStemmer(language: string): Stemmer };
  readonly stopWords: Readonly<Record<string, readonly string[]>>;
}

/** Loaded at the first question; Node keeps it. */
const library = (): Library => {
  const require = createRequire(import.meta.url);
  return { stemmers: require('snowball-stemmers'), stopWords: require('stopwords-iso') };
};

const languageOf = (sample: string, stopWords: Library['stopWords']): string => {
  const words = rawWords(sample).map((word) => word.toLowerCase());
  let best = { language: 'en', count: 0 };
  for (const language of ['en', ...Object.keys(STEMMERS)]) {
    const stop = new Set(stopWords[language]);
    const count = words.filter((word) => stop.has(word)).length;
    if (count > best.count) best = { language, count };
  }
  return best.language;
};

const rawWords = (text: string): string[] =>
  (text.normalize('NFKC').match(WORD) ?? []).map((word) => word.slice(0, LONGEST_WORD));

const termsOfWord = (word: string, stemmer: Stemmer, isKept: (word: string) => boolean): string[] => {
  const unspaced = word.match(UNSPACED);
  if (unspaced !== null) return unspaced.flatMap(pairsOf);
  const whole = word.toLowerCase();
  const parts = word.split(JOINTS).filter((part) => part !== '');
  const terms = parts.map((part) => part.toLowerCase()).filter(isKept);
  const stems = terms.map((part) => stemmer.stem(part));
  return parts.length > 1 ? [whole, ...stems] : stems;
};

/** Where words have no spaces between them, each pair of characters stands for one. */
const pairsOf = (run: string): string[] => {
  const characters = [...run];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
};
