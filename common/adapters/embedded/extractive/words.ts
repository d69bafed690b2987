import { createRequire } from 'node:module';
import type { Stemmer } from 'snowball-stemmers';
import { queryTermsOf, termsOf } from '../../../domain/terms.ts';

/** Reads texts of one language as the words that carry their meaning. */
export interface Words {
  /** Stemmed, in order, each time that it occurs; an identifier whole and in its parts. */
  stemsOf(text: string): string[];
  /** What each stem of a question tells, from 0 (says how a sentence is built) to 1. */
  tellingOf(question: string): ReadonlyMap<string, number>;
}

/** Snowball's name of each language that has stop words too, by ISO 639-1. */
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

/** The lists are long: "system" and "value" are on the English one, and may well be what is asked for. */
const TELLING_OF_STOP_WORD = 0.2;
const SAMPLE_LENGTH = 2_000;

interface Language {
  readonly stemmer: Stemmer;
  readonly stopWords: ReadonlySet<string>;
}

/** Loads its lists with the first text: 16 ms, 6 MB. */
export const wordReader = () => {
  let languages: ReadonlyMap<string, Language> | undefined;
  /** @param sample in the language that is wanted; its stop words tell which that is */
  return (sample: string): Words => {
    languages ??= loadLanguages();
    const { stemmer, stopWords } = languageOf(sample.slice(0, SAMPLE_LENGTH), languages);
    const known = new Map<string, string>();
    const stemOf = (word: string): string => {
      const stem = known.get(word) ?? stemmer.stem(word);
      known.set(word, stem);
      return stem;
    };
    return {
      stemsOf: (text) => termsOf(text).map(stemOf),
      tellingOf: (question) =>
        new Map(queryTermsOf(question).map((word) => [stemOf(word), stopWords.has(word) ? TELLING_OF_STOP_WORD : 1])),
    };
  };
};

const loadLanguages = (): ReadonlyMap<string, Language> => {
  const require = createRequire(import.meta.url);
  const { newStemmer } = require('snowball-stemmers') as typeof import('snowball-stemmers');
  const stopWords = require('stopwords-iso') as Readonly<Record<string, readonly string[]>>;
  return new Map(
    Object.entries(STEMMERS).map(([code, name]) => [
      code,
      { stemmer: newStemmer(name), stopWords: new Set(stopWords[code]) },
    ]),
  );
};

const languageOf = (sample: string, languages: ReadonlyMap<string, Language>): Language => {
  const words = termsOf(sample);
  const familiar = ({ stopWords }: Language) => words.filter((word) => stopWords.has(word)).length;
  const english = languages.get('en') as Language;
  return [...languages.values()].reduce((best, other) => (familiar(other) > familiar(best) ? other : best), english);
};
