import type { DocumentKey } from '../../../domain/document.ts';
import type { SearchIndex } from '../../../ports/search-index.ts';
import { type Action, actionOf, sendBulk } from './bulk.ts';
import { chunkIdsOf } from './chunk-ids.ts';
import { type Copy, copiesOf, ofDocument } from './copies.ts';
import { unless } from './opensearch-errors.ts';
import { nextAliasOf, type Place } from './place.ts';
import { putChunks } from './put-chunks.ts';
import { noWrites, recentWrites } from './recent-writes.ts';
import { removeCopies } from './remove-copies.ts';

export type Writable = Omit<Place, 'recent'>;

/** All of an index but its search. What is described or deleted is so in the one that is being built as well. */
export const writerOf = (index: Writable): Omit<SearchIndex, 'search' | 'refreshSeconds'> => {
  const place: Place = { ...index, recent: recentWrites() };
  const next: Place = { ...index, alias: nextAliasOf(index.alias), recent: noWrites() };
  const now = clock();
  return {
    put: (chunks) => putChunks({ ...place, writtenAt: now() }, chunks),
    chunkIds: (document, generation, after) => chunkIdsOf(place, { document, generation, after }),
    async describe(document, change) {
      await describeCopies(place, document, change);
      await unless(describeCopies(next, document, change), 'index_not_found_exception');
    },
    async delete(document, generation) {
      const gone = await deleteCopies(place, document, generation);
      await unless(deleteCopies(next, document, generation), 'index_not_found_exception');
      return gone;
    },
  };
};

const describeCopies = async (
  place: Place,
  document: DocumentKey,
  { tags, isPublic }: { tags: readonly string[]; isPublic: boolean },
): Promise<void> => {
  const update = ({ id }: Copy): Action => actionOf({ update: { _id: id } }, { doc: { metadata: { tags }, isPublic } });
  await sendBulk(place, place.recent.ofDocument(document).map(update));
  for await (const page of copiesOf(place, { query: ofDocument(document) })) await sendBulk(place, page.map(update));
};

const deleteCopies = async (place: Place, document: DocumentKey, generation?: number): Promise<number> => {
  const unseen = place.recent.ofDocument(document, generation);
  const gone = await removeCopies(place, unseen);
  place.recent.forget(unseen);
  for await (const page of copiesOf(place, { query: ofDocument(document, generation) })) {
    for (const chunkId of await removeCopies(place, page)) gone.add(chunkId);
  }
  return gone.size;
};

/** ms since 1970, later at each call. */
const clock = () => {
  let last = 0;
  return (): number => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
};
