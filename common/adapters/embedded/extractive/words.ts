import { createRequire } from 'node:module';
import type { Stemmer } from 'snowball-stemmers';
import { termsOf } from '../../../domain/terms.ts';

/** Reads a text as the words that carry its meaning. */
export interface Words {
  /** Stemmed, in order, each time that it occurs; an identifier also by its parts. */
  stemsOf(text: string): string[];
  isStopWord(stem: string): boolean;
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
const SAMPLE = 2_000;

/** @param sample text in the language of the question; its most frequent stop words tell which one that is */
export const wordsFor = (sample: string): Words => {
  const { stemmers, stopWords } = library();
  const language = languageOf(sample.slice(0, SAMPLE), stopWords);
  const stemmer = stemmers.newStemmer(STEMMERS[language] ?? 'english');
  const stems = new Map<string, string>();
  const stemOf = (word: string): string => {
    const known = stems.get(word) ?? stemmer.stem(word);
    stems.set(word, known);
    return known;
  };
  const stop = new Set([...(stopWords['en'] ?? []), ...(stopWords[language] ?? [])].map((w) => stemmer.stem(w)));
  return { stemsOf: (text) => termsOf(text).map(stemOf), isStopWord: (stem) => stop.has(stem) };
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
  const words = termsOf(sample);
  let best = { language: 'en', count: 0 };
  for (const language of ['en', ...Object.keys(STEMMERS)]) {
    const stop = new Set(stopWords[language]);
    const count = words.filter((word) => stop.has(word)).length;
    if (count > best.count) best = { language, count };
  }
  return best.language;
};
