import type { EmbeddingModel } from './embedding-models.ts';

const ASCII = 0x80;
/** From here on, scripts of which a letter is a syllable or a word. */
const IDEOGRAPHS = 0x2e80;

const tokensOfUnit = (unit: number): number => {
  if (unit < ASCII) return 1 / 4;
  return unit < IDEOGRAPHS ? 1 / 2 : 1;
};

/** About how many tokens a model makes of a text: 4 ASCII characters each, 2 of other alphabets, or 1 ideograph. */
export const estimateTokens = (text: string): number => {
  let tokens = 0;
  for (let at = 0; at < text.length; at += 1) tokens += tokensOfUnit(text.charCodeAt(at));
  return Math.ceil(tokens);
};

/** Stands for a text that has nothing in it: models refuse those. */
const NOTHING = '.';

/** A text that the model takes: cut to its limits between characters, well-formed, not empty. */
export const fitted = (text: string, { textCharacters, textTokens }: EmbeddingModel): string => {
  const wellFormed = cut(text, textCharacters).toWellFormed().replaceAll('\0', ' ');
  const fitting = cut(wellFormed, unitsFor(textTokens, wellFormed));
  return fitting.trim() === '' ? NOTHING : fitting;
};

const unitsFor = (most: number, text: string): number => {
  let tokens = 0;
  for (let at = 0; at < text.length; at += 1) {
    tokens += tokensOfUnit(text.charCodeAt(at));
    if (tokens > most) return at;
  }
  return text.length;
};

const cut = (text: string, units: number): string => {
  if (text.length <= units) return text;
  const isInside = /[\uD800-\uDBFF]/.test(text[units - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[units] ?? '');
  return text.slice(0, isInside ? units - 1 : units);
};
