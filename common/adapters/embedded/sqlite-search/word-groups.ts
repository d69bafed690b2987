import type { Visibility } from '../../../domain/search.ts';
import type { Connection } from './connection.ts';
import { type Ask, ownerOf } from './hits.ts';
import { chunksOfDocument, chunksOfOwner, documentsOfOwner, SQL_DOCUMENT_OF } from './ids.ts';
import { EVERYBODY } from './tokens.ts';
import { allOf, type Condition, conditionsOf, IN_LIST, listOf } from './visible.ts';

/** Rows of `words` that a query may see and that carry the same owner's tokens. */
export interface WordGroup {
  readonly owner: bigint;
  /** A chunk's id, in SQL. */
  readonly id: 'rowid' | '-rowid';
  readonly rows: Condition;
}

const ROWS_BETWEEN = 'rowid BETWEEN ? AND ?';

/** Where to look for words: in the caller's own chunks, public ones, and those of each owner who shares. */
export const wordGroupsOf = (connection: Connection, { visibleTo, filters }: Ask): WordGroup[] => {
  const conditions = conditionsOf(filters);
  const owner = ownerOf(connection, visibleTo);
  const own = owner === undefined ? [] : [ownWords(owner, conditions)];
  const shared = sharedDocuments(connection, allOf(sharedWith(visibleTo), ...conditions));
  return [...own, publicWords(visibleTo.userId, conditions), ...[...shared].map(sharedWords)];
};

const sharedWith = ({ sharedDocumentIds, userId }: Visibility): Condition => ({
  sql: `d.documentId ${IN_LIST} AND d.isPublic = 0 AND d.userId <> ?`,
  values: [listOf(sharedDocumentIds), userId],
});

interface SharedDocument {
  readonly owner: bigint;
  readonly id: bigint;
}

/** By owner, each owner's in order. */
const sharedDocuments = (
  { prepared }: Connection,
  { sql, values }: Condition,
): ReadonlyMap<bigint, SharedDocument[]> => {
  const rows = prepared(`SELECT d.owner, d.id FROM document d WHERE ${sql} ORDER BY d.id`).all(...values);
  return Map.groupBy(rows as unknown as SharedDocument[], ({ owner }) => owner);
};

const ownWords = (owner: bigint, conditions: readonly Condition[]): WordGroup => {
  const own: Condition = { sql: ROWS_BETWEEN, values: chunksOfOwner(owner) };
  if (conditions.length === 0) return { owner, id: 'rowid', rows: own };
  const documents = { sql: 'd.id BETWEEN ? AND ?', values: documentsOfOwner(owner) };
  return { owner, id: 'rowid', rows: allOf(own, ofDocuments('rowid', allOf(documents, ...conditions))) };
};

const publicWords = (userId: string, conditions: readonly Condition[]): WordGroup => {
  const documents = { sql: 'd.isPublic = 1 AND d.userId <> ?', values: [userId] };
  const negative = { sql: 'rowid < 0', values: [] };
  return {
    owner: EVERYBODY,
    id: '-rowid',
    rows: allOf(negative, ofDocuments('-rowid', allOf(documents, ...conditions))),
  };
};

/** @param documents in order */
const sharedWords = ([owner, documents]: readonly [bigint, readonly SharedDocument[]]): WordGroup => {
  const ids = documents.map(({ id }) => id);
  const [first] = chunksOfDocument(ids[0] as bigint);
  const [, last] = chunksOfDocument(ids.at(-1) as bigint);
  const rows = `${ROWS_BETWEEN} AND ${SQL_DOCUMENT_OF('rowid')} ${IN_LIST}`;
  return { owner, id: 'rowid', rows: { sql: rows, values: [first, last, listOf(ids)] } };
};

const ofDocuments = (id: string, { sql, values }: Condition): Condition => ({
  sql: `${SQL_DOCUMENT_OF(id)} IN (SELECT d.id FROM document d WHERE ${sql})`,
  values,
});
