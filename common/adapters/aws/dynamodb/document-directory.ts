import type { Document, DocumentKey, DocumentState } from '../../../domain/document.ts';
import { AppError } from '../../../domain/errors.ts';
import type { DocumentDirectory } from '../../../ports/document-directory.ts';
import { batchGet, batchGetInOrder } from './batch-get.ts';
import { documentOf, TOMBSTONE_DATE } from './document-item.ts';
import { type Current, listPage } from './document-page.ts';
import { projectionOf } from './expressions.ts';
import type { Key } from './item.ts';
import { oldestFirst } from './oldest-first.ts';
import { dynamoTable, type Place } from './table.ts';
import { INDEX } from './tables.ts';

const UPKEEP_PAGE = 100;
const STATE_FIELDS = [
  ['userId'],
  ['documentId'],
  ['fileName'],
  ['fileType'],
  ['uploadDate'],
  [TOMBSTONE_DATE],
  ['metadata', 'tags'],
  ['servedGeneration'],
  ['access'],
  ['deletedAt'],
] as const;

/** @param place the documents table */
export const dynamoDocumentDirectory = (place: Place): DocumentDirectory => {
  const table = dynamoTable(place);
  const current: Current = async (keys) => (await batchGetInOrder(place, keys.map(keyOf))).map(documentOf);
  return {
    list: (query) => listPage(table, current, query),

    async ownerOf(documentId) {
      const key = { key: 'documentId = :documentId', values: { ':documentId': documentId } };
      const { items } = await table.query({ index: INDEX.documentId, ...key, limit: 1 });
      const [found] = items;
      if (found === undefined) throw new AppError('not_found', `There is no document ${documentId}.`);
      return { userId: String(found['userId']), documentId };
    },

    async states(keys) {
      const items = await batchGet(place, keys.map(keyOf), projectionOf(STATE_FIELDS));
      return items.map((item) => stateOf(documentOf(item)));
    },

    async inStatus(status, before, cursor) {
      const sharded = { index: INDEX.status, shard: 'statusShard', value: status, since: 'uploadDate' } as const;
      const asked = { before, cursor, limit: UPKEEP_PAGE };
      const page = await oldestFirst(table, { ...sharded, key: ['userId', 'documentId'] }, asked);
      const documents = await current(page.items.map(({ userId = '', documentId = '' }) => ({ userId, documentId })));
      return { ...page, items: documents.filter((document) => isStill(document, status)) };
    },
  };
};

const keyOf = ({ userId, documentId }: DocumentKey): Key => ({ userId, documentId });

const isStill = (document: Document, status: string): boolean =>
  document.status === status && document.deletedAt === undefined;

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
