import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { DocumentRef } from '../../../domain/document.ts';
import { AppError } from '../../../domain/errors.ts';
import type { PendingUpload, UploadStore } from '../../../ports/upload-store.ts';
import type { Begun } from '../../../ports/uploads.ts';
import type { Item, Key } from './item.ts';
import { pendingItems, pendingSince } from './pending-items.ts';
import { refKey } from './ref-key.ts';
import { dynamoTable, type Place } from './table.ts';

const KIND = 'upload';
const packed = promisify(deflateRaw);
const unpacked = promisify(inflateRaw);

/** @param place the state table */
export const dynamoUploadStore = (place: Place): UploadStore => {
  const table = dynamoTable(place);
  return {
    async create(upload) {
      await table.putNew(await itemOf(upload), { condition: 'attribute_not_exists(pk)' }, () => {
        const { documentId, generation } = upload;
        throw new AppError('conflict', `There is an upload of ${documentId}, generation ${generation}, already.`);
      });
    },

    async get(ref) {
      const item = await table.get(keyOf(ref));
      if (item === undefined) throw new AppError('not_found', `There is no upload of ${ref.documentId} under way.`);
      return uploadOf(item);
    },

    remove: (ref) => table.remove(keyOf(ref)),

    async startedBefore(before, cursor) {
      const page = await pendingItems(place, KIND, { before, cursor });
      return { ...page, items: await Promise.all(page.items.map(uploadOf)) };
    },
  };
};

const keyOf = (ref: DocumentRef): Key => refKey(KIND, ref);

/** The transfer is packed: the checksums of 10,000 parts take 440 KB as text, and an item holds 400. */
const itemOf = async ({ userId, documentId, generation, startedAt, transfer }: PendingUpload): Promise<Item> => ({
  ...keyOf({ userId, documentId, generation }),
  ...pendingSince(KIND, documentId, startedAt),
  userId,
  documentId,
  generation,
  startedAt,
  transfer: await packed(JSON.stringify(transfer)),
});

const uploadOf = async ({ userId, documentId, generation, startedAt, transfer }: Item): Promise<PendingUpload> => ({
  userId: String(userId),
  documentId: String(documentId),
  generation: Number(generation),
  startedAt: String(startedAt),
  transfer: JSON.parse((await unpacked(transfer as Uint8Array)).toString()) as Begun,
});
