import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { AppError } from '../../../domain/errors.ts';
import { answered } from './dynamo-errors.ts';
import { type Expressions, requestOf } from './expressions.ts';
import type { Item, Key } from './item.ts';
import type { Place } from './table.ts';

const TRIES = 5;
const FIRST_PAUSE_MS = 50;

/**
 * The items of up to 100 keys, strongly consistent, in any order; those that are not there are left out. What the
 * service leaves unread, for its size or under load, is asked for again. Throws `throttled` where it reads nothing at
 * all five times in a row, over more than half a second.
 */
export const batchGet = async (
  place: Place,
  keys: readonly Key[],
  projection: Pick<Expressions, 'projection' | 'names'> = {},
): Promise<Item[]> => {
  const items: Item[] = [];
  let left = unlike(keys).map((key) => marshall(key));
  for (let tries = 1; left.length > 0; tries += 1) {
    const { found, unread } = await askFor(place, { Keys: left, ConsistentRead: true, ...requestOf(projection) });
    items.push(...found);
    if (unread.length < left.length) tries = 1;
    if (tries === TRIES) throw new AppError('throttled', 'DynamoDB has too much to do. Try again in a moment.');
    if (unread.length > 0) await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2));
    left = unread;
  }
  return items;
};

/** The same whole, in the order of the keys. */
export const batchGetInOrder = async (place: Place, keys: readonly Key[]): Promise<Item[]> => {
  const attributes = Object.keys(keys[0] ?? {});
  const nameOf = (item: Item): string => JSON.stringify(attributes.map((attribute) => item[attribute]));
  const items = new Map<string, Item>();
  for (const item of await batchGet(place, keys)) items.set(nameOf(item), item);
  return keys.map((key) => items.get(nameOf(key))).filter((item) => item !== undefined);
};

const askFor = async ({ client, table }: Place, request: KeysAndAttributes) => {
  const command = new BatchGetItemCommand({ RequestItems: { [table]: request } });
  const { Responses, UnprocessedKeys } = await answered(client.send(command));
  const found = (Responses?.[table] ?? []).map((item) => unmarshall(item));
  return { found, unread: UnprocessedKeys?.[table]?.Keys ?? [] };
};

/** Each once: the service refuses a key that comes twice. */
const unlike = (keys: readonly Key[]): Key[] => [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
