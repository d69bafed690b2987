import { queryTermsOf } from './terms.ts';

/** With fewer words that tell something, a question leans on the one before. */
const STANDS_ALONE = 3;
const LONGEST = 500;

const REFERS_BACK =
  /\b(?:it|its|this|that|these|those|they|them|their|he|him|his|she|her|there|one|ones|former|latter|same)\b/i;
const GOES_ON = /^(?:and|but|or|so|then|what about|how about|why not|why\?|how so)\b/i;

/**
 * A follow-up question ("And how long does it take?") with what it leans on: the last thing that the person asked
 * before. A question that stands alone is returned as it is.
 * @param history oldest turn first
 */
export const completedQuestion = (
  question: string,
  history: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[],
): string => {
  const before = history.findLast(({ role }) => role === 'user')?.content.slice(0, LONGEST);
  return before === undefined || standsAlone(question) ? question : `${before}\n${question}`;
};

const standsAlone = (question: string): boolean =>
  queryTermsOf(question).length >= STANDS_ALONE && !REFERS_BACK.test(question) && !GOES_ON.test(question.trim());
