import type { Document, DocumentChange, DocumentKey } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import type { DocumentStore } from '../../ports/document-store.ts';
import type { Database } from './database.ts';

export const sqliteDocumentStore = ({ connection, write }: Database): DocumentStore => {
  const select = connection.prepare('select body from document where userId = ? and documentId = ?');
  const insert = connection.prepare('insert or ignore into document (userId, documentId, body) values (?, ?, ?)');
  const update = connection.prepare('update document set body = ? where userId = ? and documentId = ?');
  const erase = connection.prepare('delete from document where userId = ? and documentId = ?');
  const untag = connection.prepare('delete from document_tag where documentId = ?');
  const tag = connection.prepare('insert or ignore into document_tag values (?, ?, ?, ?)');

  const find = ({ userId, documentId }: DocumentKey): Document | undefined => {
    const row = select.get(userId, documentId);
    return row === undefined ? undefined : (JSON.parse(String(row['body'])) as Document);
  };
  /** Returns what is kept: JSON has left out what is `undefined`. */
  const save = (document: Document): Document => {
    const body = JSON.stringify(document);
    update.run(body, document.userId, document.documentId);
    return JSON.parse(body) as Document;
  };
  /** A tombstone has no tags, so lists by tag never meet it. */
  const retag = ({ userId, documentId, uploadDate, metadata, deletedAt }: Document): void => {
    untag.run(documentId);
    if (deletedAt !== undefined) return;
    for (const name of metadata.tags) tag.run(userId, name, uploadDate, documentId);
  };

  return {
    create: (document) =>
      write(() => {
        const { changes } = insert.run(document.userId, document.documentId, JSON.stringify(document));
        if (changes === 0) throw new AppError('conflict', `There is a document ${document.documentId} already.`);
        retag(document);
      }),
    async get(key) {
      const document = find(key);
      if (document === undefined) throw notFound(key);
      return document;
    },
    nextGeneration: (key) =>
      write(() => {
        const document = find(key);
        if (document === undefined || document.deletedAt !== undefined) throw notFound(key);
        return save({ ...document, latestGeneration: document.latestGeneration + 1 }).latestGeneration;
      }),
    change: (ref, change) =>
      write(() => {
        const document = find(ref);
        if (document?.generation !== ref.generation || document.deletedAt !== undefined) {
          throw new AppError('stale', `${ref.documentId} is no longer at generation ${ref.generation}.`);
        }
        const changed = merge(document, { ...change, updatedAt: new Date().toISOString() });
        if (change.metadata?.tags !== undefined || change.uploadDate !== undefined || change.deletedAt !== undefined) {
          retag(changed);
        }
        return save(changed);
      }),
    remove: (key) =>
      write(() => {
        const document = find(key);
        if (document === undefined) return;
        if (document.deletedAt === undefined) {
          throw new AppError('conflict', `${key.documentId} has no tombstone: only a deleted document is erased.`);
        }
        erase.run(key.userId, key.documentId);
      }),
  };
};

const notFound = ({ documentId }: DocumentKey) => new AppError('not_found', `There is no document ${documentId}.`);

/** One level deep: an object's fields are set one by one, all else is replaced. */
const merge = (document: Document, change: DocumentChange): Document => {
  const merged: Record<string, unknown> = { ...document };
  for (const [field, value] of Object.entries(change)) {
    merged[field] = isPlainObject(value) ? { ...(merged[field] as object), ...value } : value;
  }
  return merged as unknown as Document;
};

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
