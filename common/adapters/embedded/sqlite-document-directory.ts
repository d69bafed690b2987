import type { DatabaseSync } from 'node:sqlite';
import type { Document, DocumentKey, DocumentState } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import type { DocumentDirectory, ListQuery } from '../../ports/document-directory.ts';
import { pageOf, positionOf } from '../paging.ts';
import type { Database } from './database.ts';

const UPKEEP_PAGE = 100;
const LATEST = '\u{10ffff}'; // sorts after every ISO time

export const sqliteDocumentDirectory = ({ connection }: Database): DocumentDirectory => {
  const owner = connection.prepare('select userId from document where documentId = ?');
  const states = connection.prepare(
    `select d.body from json_each(?) wanted
     join document d on d.userId = wanted.value ->> 0 and d.documentId = wanted.value ->> 1`,
  );
  const inStatus = connection.prepare(
    `select body from document where deletedAt is null and status = ?
     and (uploadDate, documentId) > (?, ?) and uploadDate < ? order by uploadDate, documentId limit ?`,
  );
  return {
    async list(query) {
      return pageOf(listed(connection, query), query.limit, ({ uploadDate, documentId }) => [uploadDate, documentId]);
    },
    async ownerOf(documentId) {
      const row = owner.get(documentId);
      if (row === undefined) throw new AppError('not_found', `There is no document ${documentId}.`);
      return { userId: String(row['userId']), documentId };
    },
    async states(keys) {
      const wanted = JSON.stringify(keys.map(({ userId, documentId }: DocumentKey) => [userId, documentId]));
      return states.all(wanted).map((row) => stateOf(documentOf(row)));
    },
    async inStatus(status, before, cursor) {
      const [uploadDate, documentId] = cursor === undefined ? ['', ''] : positionOf(cursor);
      const rows = inStatus.all(status, uploadDate, documentId, before, UPKEEP_PAGE + 1);
      return pageOf(rows.map(documentOf), UPKEEP_PAGE, (document) => [document.uploadDate, document.documentId]);
    },
  };
};

const documentOf = (row: Record<string, unknown>): Document => JSON.parse(String(row['body'])) as Document;

/** One more than the limit, so that the last page is known to be the last. */
const listed = (connection: DatabaseSync, query: ListQuery): Document[] => {
  const [uploadDate, documentId] = query.cursor === undefined ? [LATEST, LATEST] : positionOf(query.cursor);
  const conditions = ['d.userId = $userId', 'd.deletedAt is null'];
  const values: Record<string, string | number> = {
    userId: query.userId,
    uploadDate,
    documentId,
    limit: query.limit + 1,
  };
  for (const field of ['status', 'fileType', 'fileName'] as const) {
    const value = query[field];
    if (value === undefined) continue;
    conditions.push(`d.${field} = $${field}`);
    values[field] = value;
  }
  if (query.tag !== undefined) values['tag'] = query.tag;
  const [from, position] =
    query.tag === undefined
      ? ['document d', 'd.']
      : [
          'document_tag t join document d on t.userId = $userId and t.tag = $tag and d.userId = t.userId and d.documentId = t.documentId',
          't.',
        ];
  return connection
    .prepare(
      `select d.body from ${from} where ${conditions.join(' and ')}
       and (${position}uploadDate, ${position}documentId) < ($uploadDate, $documentId)
       order by ${position}uploadDate desc, ${position}documentId desc limit $limit`,
    )
    .all(values)
    .map(documentOf);
};

const stateOf = (document: Document): DocumentState => ({
  userId: document.userId,
  documentId: document.documentId,
  fileName: document.fileName,
  fileType: document.fileType,
  uploadDate: document.uploadDate,
  tags: document.metadata.tags,
  isPublic: document.access.isPublic,
  sharedWith: document.access.sharedWith,
  ...(document.servedGeneration !== undefined && { servedGeneration: document.servedGeneration }),
  ...(document.deletedAt !== undefined && { deletedAt: document.deletedAt }),
});
