import type { IndexedChunk } from '../../../domain/chunk.ts';
import { sendBulk } from './bulk.ts';
import { chunkAction } from './chunk-lines.ts';
import { type Copy, copiesOf, givesWay, ofChunks } from './copies.ts';
import type { Place } from './place.ts';
import { removeCopies } from './remove-copies.ts';
import { countedVectorText } from './vector-text.ts';

/**
 * Adds chunks, and where the server gives ids of its own, deletes what they replace once they are in: a chunk may be
 * there twice for a moment, but never not at all.
 */
export const putChunks = async (
  place: Place & { readonly writtenAt: number },
  given: readonly IndexedChunk[],
): Promise<void> => {
  const chunks = [...new Map(given.map((chunk) => [chunk.chunkId, chunk])).values()];
  const [first] = chunks;
  if (first === undefined) return;
  countedVectorText(first.vector, place); // one model gives all the same length; the server looks at each
  const done = await sendBulk(
    place,
    chunks.map((chunk) => chunkAction(chunk, place)),
  );
  const written = chunks.map((chunk, index) => ({
    chunk,
    copy: { id: done[index]?.id ?? '', chunkId: chunk.chunkId, writtenAt: place.writtenAt },
  }));
  const gaveWay = written.flatMap(({ chunk, copy }) => place.recent.remember(chunk, copy) ?? []);
  if (place.ids) return;
  const replaced = await replacedBy(
    place,
    written.map(({ copy }) => copy),
  );
  await removeCopies(place, [...gaveWay, ...replaced]);
};

const replacedBy = async (place: Place, copies: readonly Copy[]): Promise<Copy[]> => {
  const byChunk = new Map(copies.map((copy) => [copy.chunkId, copy]));
  const replaced: Copy[] = [];
  for await (const page of copiesOf(place, { query: ofChunks([...byChunk.keys()]) })) {
    replaced.push(...page.filter((copy) => givesWay(copy, byChunk.get(copy.chunkId) ?? copy)));
  }
  return replaced;
};
