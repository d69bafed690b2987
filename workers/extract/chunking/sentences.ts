const STOPS = new Set('.!?…。！？');
const CLOSERS = new Set(`)]}"'”’»」』）*_`);
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{L}|e\.g|i\.e|etc|vs|cf|al|ca|approx|resp|Fig|No|Nos|Sec|Eq|Vol|Dr|Mr|Mrs|Ms|St|Jr|Sr|Inc)\.$/u;
const LOWER_CASE = /\p{Ll}/u;

/** A word has ended at `end`, and white space follows up to `next`: has its sentence ended, too? */
export const endsSentence = (text: string, end: number, next: number): boolean => {
  let last = end - 1;
  while (last > end - 4 && CLOSERS.has(text.charAt(last))) last -= 1;
  const stop = text.charAt(last);
  if (!STOPS.has(stop)) return false;
  return stop !== '.' || !(LOWER_CASE.test(text.charAt(next)) || ABBREVIATION.test(text.slice(last - 8, last + 1)));
};

const ITEM = /(?:[-*+•‣▪◦–—|>#]|\d{1,3}[.)]|\(?[a-z\d]{1,2}\))\s?/y;

/** True where a list item, table row, quotation or heading begins a line. */
export const startsItem = (text: string, at: number): boolean => {
  ITEM.lastIndex = at;
  return ITEM.test(text);
};
