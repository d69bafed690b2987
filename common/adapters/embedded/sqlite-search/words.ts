import { termsOf } from '../../../domain/terms.ts';
import type { Connection } from './connection.ts';
import { EVERYBODY, tokensOf } from './tokens.ts';

/** The texts of a chunk that words are found in. */
export interface Wording {
  readonly content: string;
  readonly fileName: string;
  readonly section: string | null;
}

/** The terms of each text. */
export type Wordlists = readonly (readonly string[])[];

export const wordlistsOf = ({ content, fileName, section }: Wording): Wordlists =>
  [content, fileName, section ?? ''].map(termsOf);

const PUT = 'INSERT OR REPLACE INTO words (rowid, content, fileName, section) VALUES (?, ?, ?, ?)';
const REMOVE = 'DELETE FROM words WHERE rowid = ?';

export const putWords = ({ prepared }: Connection, id: bigint, words: { owner: bigint; lists: Wordlists }): void => {
  prepared(PUT).run(id, ...words.lists.map((terms) => tokensOf(words.owner, terms)));
};

/** The public ones, beside the owner's. */
export const putPublicWords = (connection: Connection, id: bigint, lists: Wordlists): void =>
  putWords(connection, -id, { owner: EVERYBODY, lists });

export const removePublicWords = ({ prepared }: Connection, id: bigint): void => {
  prepared(REMOVE).run(-id);
};

export const removeWords = (connection: Connection, id: bigint): void => {
  connection.prepared(REMOVE).run(id);
  removePublicWords(connection, id);
};
