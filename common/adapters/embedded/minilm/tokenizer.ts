import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { LRUCache } from 'lru-cache';

/** What the model was trained with, [CLS] and [SEP] included; what is longer is cut. */
export const MAX_TOKENS = 256;

/** Words of up to 50 characters, parts of longer ones (whose cost is quadratic), and marks. */
const PIECES = /[^\s\p{P}]{1,50}(?![^\s\p{P}])|[^\s\p{P}]{1,20}|\p{P}/gu;

/** A tenth of the words of a text are new, the rest is found here: it is ten times as fast. */
const KNOWN_PIECES = 10_000;

/**
 * Opens a tokenizer.json of BERT's kind. Its truncation and padding do not act here, and names of special tokens
 * in a text are text. The cost of a text ends where the model's window does, however long it is.
 * @returns the ids of a text's tokens, at most MAX_TOKENS, from [CLS] to [SEP]
 */
export const openTokenizer = (path: string): ((text: string) => Int32Array) => {
  const definition = JSON.parse(readFileSync(path, 'utf8'));
  const tokenizer = new Tokenizer({ ...definition, truncation: null, padding: null, added_tokens: [] }, {});
  const known = new LRUCache<string, readonly number[]>({ max: KNOWN_PIECES });
  const [start, end] = tokenizer.encode('').ids as [number, number];

  const idsOf = (piece: string): readonly number[] => {
    const found = known.get(piece);
    if (found !== undefined) return found;
    const { ids } = tokenizer.encode(piece, { add_special_tokens: false });
    known.set(piece, ids);
    return ids;
  };

  return (text) => {
    const ids = [start];
    for (const [piece] of text.matchAll(PIECES)) {
      ids.push(...idsOf(piece));
      if (ids.length >= MAX_TOKENS) break;
    }
    ids.length = Math.min(ids.length, MAX_TOKENS - 1);
    ids.push(end);
    return Int32Array.from(ids);
  };
};
