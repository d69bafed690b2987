import type { Candidate } from './candidates.ts';
import type { Words } from './words.ts';

export const WEIGHTS = {
  words: 0.4,
  context: 0.4,
  passage: 0.5,
  meaning: 0.5,
  unfinished: 0.75,
  stop: 0.2,
  name: 2,
  defines: 0.2,
  boiler: 1,
  near: 0.2,
};

/** A term of the question and what it counts. */
export type Asked = ReadonlyMap<string, number>;

const NAMES = /`([^`]+)`|\b(\w+)\(\)|\b(\w*(?:[a-z][A-Z]|[A-Za-z]_[A-Za-z])\w*|[A-Z]\w*[A-Z0-9]\w*)\b/g;

export const namesOf = (question: string): string[] => [...question.matchAll(NAMES)].map((m) => (m[1] ?? m[2] ?? m[3] ?? '').replace(/\(.*/, '').trim()).filter((n) => n);

export const askedOf = (question: string, candidates: readonly Candidate[], words: Words): Asked => {
  const names = new Set(namesOf(question).flatMap(words.stemsOf));
  const terms = [...new Set(words.stemsOf(question))];
  const weigh = (term: string): number => {
    const holders = candidates.filter((candidate) => candidate.terms.has(term)).length;
    const rarity = Math.log(1 + (candidates.length - holders + 0.5) / (holders + 0.5));
    return rarity * (names.has(term) ? WEIGHTS.name : words.isStopWord(term) ? (COMMON.has(term) ? 0 : WEIGHTS.stop) : 1);
  };
  return new Map(terms.map((term) => [term, weigh(term)]));
};
export const COMMON = new Set(
  `a about am an and any are as at be because been being but by can could d did do does doing don for from had has have
  having he her here hers him his how i if in into is it its just ll m may me might mine must my no nor not of on or
  our ours out over re s shall she should so some such t than that the their theirs them then there these they this
  those to too us ve very was we were what when where which while who whom whose why will with would you your
  yours`.split(/\s+/));

/** The share of what was asked that is there: from 0 to 1. A term of the context counts in part. */
export const wordScore = (asked: Asked, { terms, context }: Candidate): number => {
  let [whole, found] = [0, 0];
  for (const [term, weight] of asked) {
    whole += weight;
    found += weight * (terms.has(term) ? 1 : context.has(term) ? WEIGHTS.context : 0);
  }
  return whole === 0 ? 0 : found / whole;
};

const FINISHED = /[.!?:;。！？…][\])"'”’»*_`]*\s*$/u;
export const looksUnfinished = ({ unit, text }: Candidate): boolean => unit.kind === 'prose' && !FINISHED.test(text);
const BOILER = /\b(?:licen[sc]ed?|copyright|warrant(?:y|ies)|all rights reserved)\b|[(©]c\)/i;
export const isBoiler = ({ text }: Candidate): boolean => BOILER.test(text);

const escape = (t: string) => t.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
export const definer = (question: string): ((c: Candidate) => boolean) => {
  const names = namesOf(question).map((n) => escape(n.split(/::|\./).at(-1) ?? n)).filter((n) => /^\w+$/.test(n));
  if (!names.length) return () => false;
  const any = `(?:${names.join('|')})`;
  const pattern = new RegExp(`\\b(?:class|struct|enum|trait|interface|namespace|module|mod|def|fn|func|function|type|const|let|var|static|#define|macro_rules!)\\s+(?:\\w+::)*${any}\\b|^[\\w\\s:<>,*&~\\[\\]]*\\b${any}\\s*\\([^;]*\\)[^;=]*\\{?\\s*$`, 'm');
  return ({ unit, text }) => unit.kind === 'code' && pattern.test(text);
};

/** Of vectors of length 1. */
export const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
