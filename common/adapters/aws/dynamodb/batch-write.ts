import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { AppError } from '../../../domain/errors.ts';
import { answered } from './dynamo-errors.ts';
import type { Item, Key } from './item.ts';
import type { Place } from './table.ts';

/** The service takes no more in one call. */
const AT_ONCE = 25;
const TRIES = 5;
const FIRST_PAUSE_MS = 50;

/** Puts items of unlike keys, without conditions. Throws as `batchGet` does; some may have been put by then. */
export const batchPut = (place: Place, items: readonly Item[]): Promise<void> =>
  batchWrite(
    place,
    items.map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } })),
  );

/** Removes the items of unlike keys; likewise. */
export const batchRemove = (place: Place, keys: readonly Key[]): Promise<void> =>
  batchWrite(
    place,
    keys.map((key) => ({ DeleteRequest: { Key: marshall(key) } })),
  );

const batchWrite = async (place: Place, requests: readonly WriteRequest[]): Promise<void> => {
  const calls: Promise<void>[] = [];
  for (let at = 0; at < requests.length; at += AT_ONCE) calls.push(writeAll(place, requests.slice(at, at + AT_ONCE)));
  await Promise.all(calls);
};

/** What the service leaves undone under load is asked for again, while it does anything at all. */
const writeAll = async ({ client, table }: Place, requests: WriteRequest[]): Promise<void> => {
  let left = requests;
  for (let tries = 1; left.length > 0; tries += 1) {
    const command = new BatchWriteItemCommand({ RequestItems: { [table]: left } });
    const { UnprocessedItems } = await answered(client.send(command));
    const undone = UnprocessedItems?.[table] ?? [];
    if (undone.length < left.length) tries = 1;
    if (tries === TRIES) throw new AppError('throttled', 'DynamoDB has too much to do. Try again in a moment.');
    if (undone.length > 0) await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2));
    left = undone;
  }
};
