import type { Page } from '../../../ports/document-directory.ts';
import { batchGetInOrder } from './batch-get.ts';
import type { Item } from './item.ts';
import { oldestFirst } from './oldest-first.ts';
import { shardKey } from './shards.ts';
import { dynamoTable, type Place } from './table.ts';
import { INDEX } from './tables.ts';

const PAGE = 100;

/** What makes an item of the state table one that somebody waits for; without it the item is in no index. */
export const pendingSince = (kind: string, id: string, since: string): Item => ({
  pendingShard: shardKey(kind, id),
  pendingSince: since,
});

/** Items of a kind, as they are now, that have been pending since before `before`, oldest first, at most 100. */
export const pendingItems = async (
  place: Place,
  kind: string,
  { before, cursor }: { before: string; cursor?: string | undefined },
): Promise<Page<Item>> => {
  const sharded = { index: INDEX.pending, shard: 'pendingShard', value: kind, since: 'pendingSince' } as const;
  const asked = { before, cursor, limit: PAGE };
  const page = await oldestFirst(dynamoTable(place), { ...sharded, key: ['pk', 'sk'] }, asked);
  const items = await batchGetInOrder(place, page.items);
  return { ...page, items: items.filter((item) => item['pendingShard'] !== undefined) };
};
