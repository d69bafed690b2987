import { actionOf, type BulkServer, sendBulk } from './bulk.ts';
import type { Copy } from './copies.ts';

/** Returns the chunks of which something was there. */
export const removeCopies = async (server: BulkServer, copies: readonly Copy[]): Promise<Set<string>> => {
  const done = await sendBulk(
    server,
    copies.map(({ id }) => actionOf({ delete: { _id: id } })),
  );
  return new Set(copies.filter((_, index) => done[index]?.found).map(({ chunkId }) => chunkId));
};
