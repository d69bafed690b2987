/** Letters past this are no word: cut off, alike in what is indexed and what is asked. */
const MAX_TERM = 64;

/** A word of more humps is a hash or base64, whose pieces mean nothing. */
const MAX_HUMPS = 12;

/** More marks on one letter than any script puts there; normalising a long run of them is quadratic. */
const SURPLUS_MARK = /(?<=\p{M}{8})\p{M}/gu;
const DIACRITIC = /[\u0300-\u036f]/g;

/**
 * A word, or a name of several: `getUserById`, `get_user`, `fs.readFileSync`, `well-known`. Longer than any that means
 * something, yet bounded: the engine keeps a stack of where it might turn back.
 */
const NAME = /[\p{L}\p{N}\p{M}]{1,1000}(?:[_.-][\p{L}\p{N}\p{M}]{1,1000}){0,30}/gu;
const CONNECTOR = /[_.-]/;

/** Where a lower-case letter meets a capital, capitals end (XMLHttp: XML Http), or letters meet digits. */
const HUMP = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;

/** Runs of the scripts that put no space between words. */
const UNSPACED = /([\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+)/u;

/** English words that say how a sentence is built and not what it is about. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about am an and any are as at be because been being but by can could d did do does doing don for from had has have
  having he her here hers him his how i if in into is it its just ll m may me might mine must my no nor not of on or
  our ours out over re s shall she should so some such t than that the their theirs them then there these they this
  those to too us ve very was we were what when where which while who whom whose why will with would you your
  yours`.split(/\s+/),
);

type Cut = (run: string) => string[];

const pairsOf: Cut = (run) => {
  const letters = [...run];
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
};
const lettersAndPairs: Cut = (run) => [...run, ...pairsOf(run)];
const pairsOrLetter: Cut = (run) => ([...run].length > 1 ? pairsOf(run) : [run]);

const humpsOf = (word: string): string[] => {
  const humps = word.split(HUMP);
  if (humps.length === 1) return humps;
  return humps.length > MAX_HUMPS ? [word] : [...humps, word];
};

/** Every second piece of a split by a captured group is what the group caught. */
const termsOfWord = (word: string, cut: Cut): string[] =>
  word
    .split(UNSPACED)
    .flatMap((piece, index) => (index % 2 === 1 ? cut(piece) : humpsOf(piece.slice(0, MAX_TERM))))
    .filter((term) => term !== '');

const termsOfName = (name: string, cut: Cut): string[] => {
  const words = name.split(CONNECTOR);
  const terms = words.flatMap((word) => termsOfWord(word, cut));
  return words.length > 1 && name.length <= MAX_TERM ? [...terms, words.join('')] : terms;
};

const cutInto = (text: string, cut: Cut): string[] => {
  const plain = text.replace(SURPLUS_MARK, '').normalize('NFKD').replace(DIACRITIC, '').normalize('NFKC');
  return (plain.match(NAME) ?? []).flatMap((name) => termsOfName(name, cut)).map((term) => term.toLowerCase());
};

/**
 * The terms that a text is found by, in reading order: words in lower case without diacritics; identifiers whole,
 * without their connectors, and in pieces (`get_userById`: get, user, by, id, userbyid, getuserbyid); single letters
 * and pairs of neighbours where a script has no spaces. Letters, digits and marks only. Unstemmed.
 * Time and room are linear in the text, whatever it holds.
 */
export const termsOf = (text: string): string[] => cutInto(text, lettersAndPairs);

/**
 * The terms to look for, each once, in reading order; without stop words, unless there is nothing else.
 * Empty where the text has no letter and no digit.
 */
export const queryTermsOf = (text: string): string[] => {
  const terms = [...new Set(cutInto(text, pairsOrLetter))];
  const telling = terms.filter((term) => !STOP_WORDS.has(term));
  return telling.length > 0 ? telling : terms;
};
