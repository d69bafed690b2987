import type { IndexedChunk } from '../../../domain/chunk.ts';
import type { DocumentKey } from '../../../domain/document.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Connection } from './connection.ts';
import { documentsOfOwner, type IdRange, MAX_OWNER } from './ids.ts';
import { timeOf } from './visible.ts';

/** One generation of a document. */
export interface DocumentRow {
  readonly id: bigint;
  readonly owner: bigint;
  readonly fileName: string;
  readonly isPublic: bigint;
  /** How often isPublic has changed, and up to which change the public words follow. */
  readonly flips: bigint;
  readonly settledFlips: bigint;
}

const COLUMNS = 'SELECT id, owner, fileName, isPublic, flips, settledFlips FROM document';
const OWNER = 'SELECT id FROM owner WHERE userId = ?';

/** All generations, or the one asked for. */
export const documentRows = (
  { prepared }: Connection,
  { userId, documentId }: DocumentKey,
  generation?: number,
): DocumentRow[] => {
  const sql = `${COLUMNS} WHERE documentId = ? AND owner = (${OWNER})`;
  const rows =
    generation === undefined
      ? prepared(sql).all(documentId, userId)
      : prepared(`${sql} AND generation = ?`).all(documentId, userId, generation);
  return rows as unknown as DocumentRow[];
};

export const documentRow = ({ prepared }: Connection, id: bigint): DocumentRow | undefined =>
  prepared(`${COLUMNS} WHERE id = ?`).get(id) as unknown as DocumentRow | undefined;

/** What a chunk says of its document, but for what `describe` sets. */
type Origin = Pick<
  IndexedChunk,
  'userId' | 'documentId' | 'generation' | 'fileName' | 'fileType' | 'uploadDate' | 'isPublic'
>;

const UPDATE = 'UPDATE document SET fileName = ?, fileType = ?, uploadedAt = ? WHERE id = ?';
const INSERT = `
  INSERT INTO document (id, owner, documentId, generation, userId, fileName, fileType, uploadedAt, isPublic, tags)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]')`;
const NEXT_DOCUMENT = 'SELECT max(id) + 1 AS id FROM document WHERE id BETWEEN ? AND ?';

/** The id of one generation's row, found or made. */
export const putDocument = (connection: Connection, origin: Origin): bigint => {
  const { userId, documentId, generation, fileName, fileType, uploadDate, isPublic } = origin;
  const file = [fileName, fileType, timeOf(uploadDate)];
  const [found] = documentRows(connection, origin, generation);
  if (found !== undefined) {
    connection.prepared(UPDATE).run(...file, found.id);
    return found.id;
  }
  const owner = putOwner(connection, userId);
  const id = freeId(connection, NEXT_DOCUMENT, documentsOfOwner(owner));
  connection.prepared(INSERT).run(id, owner, documentId, generation, userId, ...file, Number(isPublic));
  return id;
};

const putOwner = ({ prepared }: Connection, userId: string): bigint => {
  const found = prepared(OWNER).get(userId);
  const { id } = found ?? prepared('INSERT INTO owner (userId) VALUES (?) RETURNING id').get(userId) ?? {};
  if ((id as bigint) > MAX_OWNER) throw new AppError('too_large', 'The search index has no room for more users.');
  return id as bigint;
};

/** @param next selects one more than the largest id of a range that is taken */
export const freeId = ({ prepared }: Connection, next: string, [first, last]: IdRange): bigint => {
  const id = (prepared(next).get(first, last)?.['id'] as bigint | null) ?? first;
  if (id <= last) return id;
  throw new AppError('too_large', 'The search index takes no more chunks of a document, or documents of a user.');
};

const REMOVE_OWNER = 'DELETE FROM owner WHERE id = ? AND NOT EXISTS (SELECT 1 FROM document WHERE id BETWEEN ? AND ?)';

export const removeTags = ({ prepared }: Connection, id: bigint): void => {
  prepared('DELETE FROM tag WHERE document = ?').run(id);
};

/** A row whose chunks are gone, and the owner's with the last of them. */
export const removeDocument = (connection: Connection, { id, owner }: DocumentRow): void => {
  removeTags(connection, id);
  connection.prepared('DELETE FROM document WHERE id = ?').run(id);
  connection.prepared(REMOVE_OWNER).run(owner, ...documentsOfOwner(owner));
};
