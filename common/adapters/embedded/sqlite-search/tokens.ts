/** Whose words: an owner's id, or everybody's. */
export const EVERYBODY = 0n;

/**
 * A term under its owner, so that a query reads, and counts, the owner's words alone: another user's texts neither
 * cost it time nor change what is rare in it. The mark is digits and an x: no term begins before its end, and with
 * neither vowel nor y it leaves Porter's measures as they are.
 */
const tokenOf = (owner: bigint, term: string): string => `${owner}x${term}`;

/** What `words` is given for a text of these terms. */
export const tokensOf = (owner: bigint, terms: readonly string[]): string =>
  terms.map((term) => tokenOf(owner, term)).join(' ');

/** An FTS5 query for chunks with any of the terms; they hold nothing that quotes do not cover. */
export const anyOf = (owner: bigint, terms: readonly string[]): string =>
  terms.map((term) => `"${tokenOf(owner, term)}"`).join(' OR ');
