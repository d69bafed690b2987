import type { Candidate } from './candidates.ts';
import type { Words } from './words.ts';

/** What a question asks for, as far as its words say. */
export interface Asked {
  /** What each of its stems counts: more where few candidates have it. */
  readonly weights: ReadonlyMap<string, number>;
  /** It names something, in the way that source code does, that no candidate knows. */
  readonly namesUnknown: boolean;
  /** Whether a piece of code declares what the question names. */
  declares(candidate: Candidate): boolean;
}

/** A name counts so many times what another word does. */
const WEIGHT_OF_NAME = 2;

/** A term above a unit (file name, section, heading) counts so much of one inside. */
const WEIGHT_OF_CONTEXT = 0.4;

export const askedOf = (question: string, candidates: readonly Candidate[], words: Words): Asked => {
  const names = namesIn(question);
  const named = new Set(names.flatMap(words.stemsOf));
  const weights = [...words.tellingOf(question)].map(([stem, telling]): [string, number] => {
    const importance = named.has(stem) ? WEIGHT_OF_NAME : telling;
    return [stem, importance * rarityOf(stem, candidates)];
  });
  const isKnown = (name: string) => {
    const stems = words.stemsOf(name);
    return candidates.some(({ terms, context }) => stems.every((stem) => terms.has(stem) || context.has(stem)));
  };
  const declaration = declarationOf(names);
  return {
    weights: new Map(weights),
    namesUnknown: names.some((name) => !isKnown(name)),
    declares: ({ unit, text }) => unit.kind === 'code' && (declaration?.test(text) ?? false),
  };
};

/** The share of what is asked that a candidate has, from 0 to 1. */
export const coverageOf = ({ weights }: Asked, { terms, context }: Candidate): number => {
  const has = (stem: string) => {
    if (terms.has(stem)) return 1;
    return context.has(stem) ? WEIGHT_OF_CONTEXT : 0;
  };
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const found = [...weights].reduce((sum, [stem, weight]) => sum + weight * has(stem), 0);
  return whole > 0 ? found / whole : 0;
};

/** Inverse document frequency, as BM25 has it. */
const rarityOf = (stem: string, candidates: readonly Candidate[]): number => {
  const holders = candidates.filter(({ terms }) => terms.has(stem)).length;
  return Math.log(1 + (candidates.length - holders + 0.5) / (holders + 0.5));
};

/** `anything quoted so`, called(), camelCase, PascalCase of two parts, snake_case. */
const NAME = /`([^`\n]+)`|\b([\w.:]+)\(|\b(\w*(?:[\p{Ll}\d]\p{Lu}|[\p{L}\d]_[\p{L}\d])\w*)/gu;

const namesIn = (question: string): string[] =>
  [...question.matchAll(NAME)]
    .flatMap(([, quoted, called, written]) => (quoted ?? called ?? written ?? '').split(/\W+/))
    .filter((name) => name !== '');

const KEYWORD =
  'class|struct|enum|trait|interface|namespace|module|mod|def|fn|fun|func|function|type|const|let|var|val|static|#define';

/** `class Name`, or `Name(...)` without a semicolon behind it on that line. Undefined where nothing is named. */
const declarationOf = (names: readonly string[]): RegExp | undefined => {
  if (names.length === 0) return undefined;
  const any = `(?:${names.join('|')})`;
  return new RegExp(`(?:${KEYWORD})\\s+(?:\\w+::)*${any}\\b|^[\\w \\t:<>,*&~]*\\b${any}\\s*\\([^;=\\n]*$`, 'm');
};
