import { randomUUID } from 'node:crypto';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type ReturnValue,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { answered, unlessRefused } from './dynamo-errors.ts';
import { type Expressions, requestOf } from './expressions.ts';
import { type Item, type Key, WRITE_ID } from './item.ts';

/** A table, and the client to ask it with. */
export interface Place {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** Gets the item that did not meet the condition, undefined where there is none; answers in its stead, or throws. */
type Refused = (found?: Item) => Item;

export interface Question extends Expressions {
  readonly index: string;
  readonly isNewestFirst?: boolean;
  /** How many items to look at, before any filter. */
  readonly limit: number;
  /** The key, in index and table, to go on after. */
  readonly after?: Key | undefined;
}

export interface Found {
  readonly items: Item[];
  readonly scanned: number;
  /** Where to go on after; absent at the end. */
  readonly next?: Key;
}

const OLD = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
const marshalled = (item: Item) => marshall(item, { removeUndefinedValues: true });

/** Strongly consistent but for `query`. Any may throw `throttled` or `unavailable`, those that write `too_large`. */
export const dynamoTable = ({ client, table: TableName }: Place) => ({
  async get(key: Key, expressions: Expressions = {}): Promise<Item | undefined> {
    const request = { TableName, Key: marshall(key), ConsistentRead: true, ...requestOf(expressions) };
    const { Item } = await answered(client.send(new GetItemCommand(request)));
    return Item && unmarshall(Item);
  },

  async put(item: Item): Promise<void> {
    await answered(client.send(new PutItemCommand({ TableName, Item: marshalled(item) })));
  },

  /**
   * Puts an item that must not be there yet. A write that the client sent twice, because the answer to the first was
   * lost on its way, is known by its id: it is no refusal.
   */
  async putNew(item: Item, expressions: Expressions, refused: Refused): Promise<Item> {
    const written = { ...item, [WRITE_ID]: randomUUID() };
    const request = { TableName, Item: marshalled(written), ...OLD, ...requestOf(expressions) };
    const fate = client.send(new PutItemCommand(request)).then(() => written);
    return unlessRefused(fate, (found) => (found?.[WRITE_ID] === written[WRITE_ID] ? written : refused(found)));
  },

  /** Returns what `returns` names. */
  async update(
    key: Key,
    { returns, ...expressions }: Expressions & { readonly returns: ReturnValue },
    refused: Refused,
  ): Promise<Item> {
    const request = { TableName, Key: marshall(key), ReturnValues: returns, ...OLD, ...requestOf(expressions) };
    const fate = client.send(new UpdateItemCommand(request)).then(({ Attributes = {} }) => unmarshall(Attributes));
    return unlessRefused(fate, refused);
  },

  async remove(key: Key, expressions: Expressions = {}, refused?: () => never): Promise<void> {
    const request = { TableName, Key: marshall(key), ...requestOf(expressions) };
    await unlessRefused(client.send(new DeleteItemCommand(request)), () => refused?.());
  },

  /** Eventually consistent: a change may show a moment later. */
  async query({ index, isNewestFirst = false, limit, after, ...expressions }: Question): Promise<Found> {
    const request = {
      TableName,
      IndexName: index,
      ScanIndexForward: !isNewestFirst,
      Limit: limit,
      ...(after && { ExclusiveStartKey: marshall(after) }),
      ...requestOf(expressions),
    };
    const { Items = [], ScannedCount = 0, LastEvaluatedKey } = await answered(client.send(new QueryCommand(request)));
    const items = Items.map((item) => unmarshall(item));
    return { items, scanned: ScannedCount, ...(LastEvaluatedKey && { next: unmarshall(LastEvaluatedKey) }) };
  },
});
export type Table = ReturnType<typeof dynamoTable>;
