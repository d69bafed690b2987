import type { VectorPointer, VectorPointers } from '../../ports/vector-pointers.ts';
import type { Database } from './database.ts';

const KEPT_MS = 365 * 24 * 3_600_000;
/** So many of the forgotten go with each call that puts some, so that the table does not only grow. */
const EXPIRED_AT_ONCE = 200;

export const sqliteVectorPointers = (
  { connection, write }: Database,
  clock: () => number = Date.now,
): VectorPointers => {
  const select = connection.prepare(
    `select textHash, documentId, generation, chunkIndex from vector_pointer
     where userId = $userId and textHash in (select value from json_each($textHashes)) and expiresAt > $now`,
  );
  const replace = connection.prepare(
    `insert or replace into vector_pointer (userId, textHash, documentId, generation, chunkIndex, expiresAt)
     values (?, ?, ?, ?, ?, ?)`,
  );
  const erase = connection.prepare(
    'delete from vector_pointer where userId = ? and textHash in (select value from json_each(?))',
  );
  const expire = connection.prepare(
    `delete from vector_pointer where (userId, textHash) in
       (select userId, textHash from vector_pointer where expiresAt <= ? limit ${EXPIRED_AT_ONCE})`,
  );
  return {
    async find(userId, textHashes) {
      const rows = select.all({ userId, textHashes: JSON.stringify(textHashes), now: clock() });
      return rows.map((row) => ({ ...row }) as unknown as VectorPointer);
    },
    put: (userId, pointers) =>
      write(() => {
        const now = clock();
        expire.run(now);
        for (const { textHash, documentId, generation, chunkIndex } of pointers) {
          replace.run(userId, textHash, documentId, generation, chunkIndex, now + KEPT_MS);
        }
      }),
    remove: (userId, textHashes) => write(() => void erase.run(userId, JSON.stringify(textHashes))),
  };
};
