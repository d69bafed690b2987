import type { Hit } from '../../../domain/search.ts';
import { queryTermsOf } from '../../../domain/terms.ts';
import type { Connection } from './connection.ts';
import { type Ask, depthOf, hitsOf, type Ranked } from './hits.ts';
import { anyOf } from './tokens.ts';
import { unchanging } from './transaction.ts';
import { type WordGroup, wordGroupsOf } from './word-groups.ts';

const MAX_TERMS = 64;

/** About 10 ms of scoring. Past it the commonest terms are left out: the rarer ones decide. */
const MAX_MATCHES = 20_000;

const FREQUENCY = 'SELECT count(*) AS frequency FROM words WHERE words MATCH ?';

/** A word in the file's name or in the headings above says more than one in the text. */
const RANKING = ({ id, rows }: WordGroup): string => `
  SELECT ${id} AS id, bm25(words, 1, 1.5, 1.5) AS score FROM words
  WHERE words MATCH ? AND ${rows.sql} ORDER BY score, id LIMIT ?`;

/** The best of all that is visible, by BM25. */
export const keywordRanking = (connection: Connection, ask: Ask & { text: string }): Hit[] => {
  const terms = queryTermsOf(ask.text).slice(0, MAX_TERMS);
  if (terms.length === 0) return [];
  return unchanging(connection.db, () => {
    const rankings = wordGroupsOf(connection, ask).map((group) =>
      rank(connection, { group, terms, depth: depthOf(ask) }),
    );
    return hitsOf(connection, rankings, ask);
  });
};

const rank = (
  connection: Connection,
  { group, terms, depth }: { group: WordGroup; terms: readonly string[]; depth: number },
): Ranked[] => {
  const telling = tellingOf(connection, group.owner, terms);
  if (telling.length === 0) return [];
  const rows = connection.prepared(RANKING(group)).all(anyOf(group.owner, telling), ...group.rows.values, depth);
  // FTS5 gives the better match the lower score: https://www.sqlite.org/fts5.html#the_bm25_function
  return rows.map(({ id, score }) => ({ id: id as bigint, relevance: -Number(score) }));
};

/** The terms that occur, without the commonest where there are too many matches. */
const tellingOf = ({ prepared }: Connection, owner: bigint, terms: readonly string[]): string[] => {
  const frequency = prepared(FREQUENCY);
  const counted = terms.map((term) => ({ term, count: Number(frequency.get(anyOf(owner, [term]))?.['frequency']) }));
  return rarest(counted, MAX_MATCHES).map(({ term }) => term);
};

/**
 * What occurs at all, rarest first, as long as there are no more than `max` occurrences in all; but one at least.
 * What is left out weighs least in BM25.
 */
export const rarest = <Counted extends { count: number }>(counted: readonly Counted[], max: number): Counted[] => {
  const kept: Counted[] = [];
  let sum = 0;
  for (const one of counted.filter(({ count }) => count > 0).toSorted((a, b) => a.count - b.count)) {
    sum += one.count;
    if (sum > max && kept.length > 0) break;
    kept.push(one);
  }
  return kept;
};
