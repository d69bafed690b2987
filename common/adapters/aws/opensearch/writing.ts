import type { SearchIndex } from '../../../ports/search-index.ts';
import { type Action, actionOf, sendBulk } from './bulk.ts';
import { chunkIdsOf } from './chunk-ids.ts';
import { type Copy, copiesOf, ofDocument } from './copies.ts';
import type { Place } from './place.ts';
import { putChunks } from './put-chunks.ts';
import { recentWrites } from './recent-writes.ts';
import { removeCopies } from './remove-copies.ts';

/** All of an index but its search. */
export const writerOf = (index: Omit<Place, 'recent'>): Omit<SearchIndex, 'search' | 'refreshSeconds'> => {
  const place: Place = { ...index, recent: recentWrites() };
  const now = clock();
  return {
    put: (chunks) => putChunks({ ...place, writtenAt: now() }, chunks),
    chunkIds: (document, generation, after) => chunkIdsOf(place, { document, generation, after }),
    async describe(document, { tags, isPublic }) {
      const update = ({ id }: Copy): Action =>
        actionOf({ update: { _id: id } }, { doc: { metadata: { tags }, isPublic } });
      await sendBulk(place, place.recent.ofDocument(document).map(update));
      for await (const page of copiesOf(place, { query: ofDocument(document) })) {
        await sendBulk(place, page.map(update));
      }
    },
    async delete(document, generation) {
      const unseen = place.recent.ofDocument(document, generation);
      const gone = await removeCopies(place, unseen);
      place.recent.forget(unseen);
      for await (const page of copiesOf(place, { query: ofDocument(document, generation) })) {
        for (const chunkId of await removeCopies(place, page)) gone.add(chunkId);
      }
      return gone.size;
    },
  };
};

/** ms since 1970, later at each call. */
const clock = () => {
  let last = 0;
  return (): number => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
};
