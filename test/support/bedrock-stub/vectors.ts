import { queryTermsOf } from '../../../common/domain/terms.ts';

/** FNV-1a, 32 bits. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

/** What all trigrams of a word weigh together, squared, beside the word's own 1. */
const TRIGRAMS = 0.36;

const trigramsOf = (word: string): string[] => {
  const framed = `^${word}$`;
  return Array.from({ length: framed.length - 2 }, (_, at) => framed.slice(at, at + 3));
};

const weightsOf = (text: string): [string, number][] => {
  const words = queryTermsOf(text);
  if (words.length === 0) return [[`text ${text}`, 1]];
  return words.flatMap((word) => {
    const trigrams = trigramsOf(word);
    const each = Math.sqrt(TRIGRAMS / trigrams.length);
    return [[`word ${word}`, 1] as [string, number], ...trigrams.map((part): [string, number] => [part, each])];
  });
};

/** Place -> number of a vector of length 1; places that it lacks are 0. */
export type SparseVector = ReadonlyMap<number, number>;

/** Words and their trigrams, each hashed to a place and a sign: texts that share words are near each other. */
export const sparseVectorOf = (text: string, dimension: number): SparseVector => {
  const places = new Map<number, number>();
  for (const [feature, weight] of weightsOf(text)) {
    const hash = hashOf(feature);
    const place = hash % dimension;
    places.set(place, (places.get(place) ?? 0) + (hash & 0x40000000 ? weight : -weight));
  }
  const length = Math.hypot(...places.values());
  return new Map([...places].map(([place, value]) => [place, value / length]));
};

export const cosine = (a: SparseVector, b: SparseVector): number =>
  [...a].reduce((sum, [place, value]) => sum + value * (b.get(place) ?? 0), 0);

/** As a reply spells it. */
const written = (text: string, dimension: number, length: number): string => {
  const numbers = new Array<string>(dimension).fill('0');
  for (const [place, value] of sparseVectorOf(text, dimension)) numbers[place] = (value * length).toFixed(8);
  return `[${numbers.join(',')}]`;
};

const STOCK = 64;

/** As long, written out, as those of a real model: no place is 0. */
const dense = (seed: number, dimension: number, length: number): string => {
  const numbers = Array.from({ length: dimension }, (_, place) => hashOf(`${seed} ${place}`) / 0x80000000 - 1);
  const scale = length / Math.hypot(...numbers);
  return `[${numbers.map((value) => (value * scale).toFixed(9)).join(',')}]`;
};

export interface Shape {
  readonly dimension: number;
  /** What models that promise nothing do not keep at 1. */
  readonly length: number;
}

/** Writes vectors as replies hold them. */
export const vectorWriter = () => {
  const stock = new Map<string, string>();
  const canned = (text: string, { dimension, length }: Shape): string => {
    const seed = hashOf(text) % STOCK;
    const key = `${dimension} ${length} ${seed}`;
    const vector = stock.get(key) ?? dense(seed, dimension, length);
    stock.set(key, vector);
    return vector;
  };
  return (text: string, kind: 'meaningful' | 'canned', shape: Shape): string =>
    kind === 'canned' ? canned(text, shape) : written(text, shape.dimension, shape.length);
};

export type WriteVector = ReturnType<typeof vectorWriter>;
