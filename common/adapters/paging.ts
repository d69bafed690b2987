import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { Page } from '../ports/document-directory.ts';

const Position = z.tuple([z.string().max(200), z.string().max(200)]);

/** A place in a list that is sorted by two texts. */
const cursorOf = (position: readonly [string, string]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Throws `invalid`. */
export const positionOf = (cursor: string): [string, string] => {
  try {
    return Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new AppError('invalid', 'The cursor is not one of ours: leave it out to start from the beginning.', {
      cause,
    });
  }
};

/** @param found one more than `limit` where there is another page */
export const pageOf = <Item>(
  found: readonly Item[],
  limit: number,
  position: (item: Item) => readonly [string, string],
): Page<Item> => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last !== undefined ? { items, nextCursor: cursorOf(position(last)) } : { items };
};
