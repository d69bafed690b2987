import type { Connection } from './connection.ts';
import { EVERYBODY, tokensOf } from './tokens.ts';

/** What of a chunk is found by word. */
export interface Wording {
  readonly content: string;
  readonly fileName: string;
  readonly section: string | null;
}

interface Row extends Wording {
  readonly rowid: bigint;
  readonly owner: bigint;
}

const PUT = 'INSERT OR REPLACE INTO words (rowid, content, fileName, section) VALUES (?, ?, ?, ?)';
const REMOVE = 'DELETE FROM words WHERE rowid = ?';

const put = ({ prepared }: Connection, { rowid, owner, content, fileName, section }: Row): void => {
  const columns = [content, fileName, section ?? ''].map((text) => tokensOf(owner, text));
  prepared(PUT).run(rowid, ...columns);
};

export const putWords = (connection: Connection, { id, ...row }: Wording & { id: bigint; owner: bigint }): void =>
  put(connection, { ...row, rowid: id });

/** The public ones, beside the owner's. */
export const putPublicWords = (connection: Connection, { id, ...wording }: Wording & { id: bigint }): void =>
  put(connection, { ...wording, rowid: -id, owner: EVERYBODY });

export const removePublicWords = ({ prepared }: Connection, id: bigint): void => {
  prepared(REMOVE).run(-id);
};

export const removeWords = (connection: Connection, id: bigint): void => {
  connection.prepared(REMOVE).run(id);
  removePublicWords(connection, id);
};
