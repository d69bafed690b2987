import { randomUUID } from 'node:crypto';
import type { DocumentKey } from '../../../domain/document.ts';
import { AppError } from '../../../domain/errors.ts';
import type { DocumentStore } from '../../../ports/document-store.ts';
import { changeOf } from './document-change.ts';
import { documentOf, itemOf } from './document-item.ts';
import { type Key, WRITE_ID } from './item.ts';
import { dynamoTable, type Place } from './table.ts';

const IS_ABSENT = 'attribute_not_exists(documentId)';
const IS_ALIVE = 'attribute_exists(documentId) AND attribute_not_exists(deletedAt)';
const IS_ABSENT_OR_DELETED = `${IS_ABSENT} OR attribute_exists(deletedAt)`;

/** @param place the documents table */
export const dynamoDocumentStore = (place: Place): DocumentStore => {
  const table = dynamoTable(place);
  return {
    async create(document) {
      await table.putNew(itemOf(document), { condition: IS_ABSENT }, () => {
        throw new AppError('conflict', `There is a document ${document.documentId} already.`);
      });
    },

    async get(key) {
      const item = await table.get(keyOf(key));
      if (item === undefined) throw notFound(key);
      return documentOf(item);
    },

    async nextGeneration(key) {
      const update = { update: 'ADD latestGeneration :one', condition: IS_ALIVE, values: { ':one': 1 } };
      const { latestGeneration } = await table.update(keyOf(key), { ...update, returns: 'UPDATED_NEW' }, () => {
        throw notFound(key);
      });
      return Number(latestGeneration);
    },

    async change(ref, change) {
      const writeId = randomUUID();
      const update = changeOf(ref, change, { updatedAt: new Date().toISOString(), writeId });
      const item = await table.update(keyOf(ref), { ...update, returns: 'ALL_NEW' }, (found) => {
        if (found?.[WRITE_ID] === writeId) return found; // sent twice: the first answer was lost on its way
        throw new AppError('stale', `${ref.documentId} is no longer at generation ${ref.generation}.`);
      });
      return documentOf(item);
    },

    async remove(key) {
      await table.remove(keyOf(key), { condition: IS_ABSENT_OR_DELETED }, () => {
        throw new AppError('conflict', `${key.documentId} has no tombstone: only a deleted document is erased.`);
      });
    },
  };
};

const keyOf = ({ userId, documentId }: DocumentKey): Key => ({ userId, documentId });

const notFound = ({ documentId }: DocumentKey) => new AppError('not_found', `There is no document ${documentId}.`);
