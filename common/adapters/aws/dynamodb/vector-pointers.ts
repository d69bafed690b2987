import type { VectorPointer, VectorPointers } from '../../../ports/vector-pointers.ts';
import { batchGet } from './batch-get.ts';
import { batchPut, batchRemove } from './batch-write.ts';
import type { Item } from './item.ts';
import type { Place } from './table.ts';
import { EXPIRES_AT } from './tables.ts';

const KEPT_SECONDS = 365 * 24 * 3_600;
const KIND = 'vector';

/**
 * An item a text, each in a partition of its own, so that none is hot. Some 200 bytes: a text costs one read unit and,
 * where it is new, one write unit. Read strongly: an embedding costs some hundred times what that adds.
 * @param place the state table
 */
export const dynamoVectorPointers = (place: Place, clock: () => number = Date.now): VectorPointers => {
  const seconds = () => Math.floor(clock() / 1_000);
  return {
    async find(userId, textHashes) {
      if (textHashes.length === 0) return [];
      const items = await batchGet(
        place,
        textHashes.map((textHash) => keyOf(userId, textHash)),
      );
      const now = seconds(); // the service removes what has expired within days
      return items.filter((item) => Number(item[EXPIRES_AT]) > now).map(pointerOf);
    },

    put: (userId, pointers) => {
      const expiresAt = seconds() + KEPT_SECONDS;
      const items = pointers.map(({ textHash, documentId, generation, chunkIndex }) => ({
        ...keyOf(userId, textHash),
        documentId,
        generation,
        chunkIndex,
        [EXPIRES_AT]: expiresAt,
      }));
      return batchPut(place, [...new Map(items.map((item) => [item.pk, item])).values()]);
    },

    remove: (userId, textHashes) =>
      batchRemove(
        place,
        [...new Set(textHashes)].map((textHash) => keyOf(userId, textHash)),
      ),
  };
};

const keyOf = (userId: string, textHash: string) => ({ pk: `${KIND}#${userId}#${textHash}`, sk: KIND });

const pointerOf = ({ pk, documentId, generation, chunkIndex }: Item): VectorPointer => ({
  textHash: String(pk).slice(String(pk).lastIndexOf('#') + 1),
  documentId: String(documentId),
  generation: Number(generation),
  chunkIndex: Number(chunkIndex),
});
