import { z } from 'zod';
import type { Document, DocumentKey } from '../../../domain/document.ts';
import type { ListQuery, Page } from '../../../ports/document-directory.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { isAsked, type Listing, listingOf } from './document-listing.ts';
import type { Item, Key } from './item.ts';
import type { Table } from './table.ts';

/** The records of some keys as they are now, in the order of the keys; those that are gone are left out. */
export type Current = (keys: readonly DocumentKey[]) => Promise<Document[]>;

const MOST_SCANNED = 4_000;
const MOST_AT_ONCE = 1_000;
const GROWTH = 4;
const text = z.string().min(1).max(200);
/** The upload date and id of the last one shown. */
const Position = z.tuple([text, text]);
type Position = z.infer<typeof Position>;

/**
 * One page of a user's documents, newest first. An index, which may lag, says where they are; what is shown are the
 * records as they are now, so that what has been deleted is gone at once. Where a filter by type or tag leaves little, a
 * page ends after 4,000 documents looked at, and may be short.
 */
export const listPage = async (table: Table, current: Current, query: ListQuery): Promise<Page<Document>> => {
  const listing = listingOf(query);
  const items: Document[] = [];
  let position = query.cursor === undefined ? undefined : positionOf(Position, query.cursor);
  let scanned = 0;
  for (let round = 1; ; round += 1) {
    const wanted = query.limit - items.length;
    const limit = looksAt(listing, wanted + 1, round);
    const after = position && placeOf(listing, query, position);
    const found = await table.query({ ...listing, isNewestFirst: true, limit, after });
    const taken = found.items.slice(0, wanted);
    items.push(...(await current(taken.map(keyOf))).filter((document) => isAsked(document, query)));
    scanned += found.scanned;
    const isMore = found.items.length > wanted;
    if (!isMore && found.next === undefined) return { items };
    position = positionAt(isMore ? taken.at(-1) : found.next) ?? position;
    const isFull = isMore && items.length === query.limit;
    if (isFull || scanned >= MOST_SCANNED) return { items, nextCursor: cursorOf(position) };
  }
};

/** One more than is wanted tells whether there is more; behind a filter, more and more of them. */
const looksAt = ({ filter }: Listing, wanted: number, round: number): number =>
  filter === undefined ? wanted : Math.min(MOST_AT_ONCE, wanted * GROWTH ** round);

const positionAt = (place: Item | undefined): Position | undefined =>
  place && [String(place['uploadDate']), String(place['documentId'])];

const placeOf = ({ hash }: Listing, { userId }: ListQuery, [uploadDate, documentId]: Position): Key => {
  return { ...hash, userId, uploadDate, documentId };
};

const keyOf = ({ userId, documentId }: Item): DocumentKey => {
  return { userId: String(userId), documentId: String(documentId) };
};
