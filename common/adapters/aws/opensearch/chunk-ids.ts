import type { DocumentKey } from '../../../domain/document.ts';
import { type Copy, copiesOf, givesWay, ofDocument } from './copies.ts';
import type { Place } from './place.ts';
import { removeCopies } from './remove-copies.ts';

const PAGE = 1_000;

interface Wanted {
  readonly document: DocumentKey;
  readonly generation?: number | undefined;
  readonly after?: string | undefined;
}

/**
 * Up to 1,000 chunkIds, in order. Where a chunk is there twice, all copies but the last are deleted: may be repeated,
 * and whoever does so at once deletes the same ones.
 */
export const chunkIdsOf = async (place: Place, { document, generation, after }: Wanted): Promise<string[]> => {
  const last = new Map<string, Copy>();
  const surplus: Copy[] = [];
  for await (const copy of eachOf(copiesOf(place, { query: ofDocument(document, generation), after }))) {
    const other = last.get(copy.chunkId);
    if (other === undefined && last.size === PAGE) break;
    if (other === undefined || givesWay(other, copy)) last.set(copy.chunkId, copy);
    if (other !== undefined) surplus.push(givesWay(other, copy) ? other : copy);
  }
  await removeCopies(place, surplus);
  return [...last.keys()];
};

async function* eachOf(pages: AsyncIterable<readonly Copy[]>): AsyncGenerator<Copy> {
  for await (const page of pages) yield* page;
}
