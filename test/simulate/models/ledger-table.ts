import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  type GetItemCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { LRUCache } from 'lru-cache';
import { changeOf, conditionOf, type Placeholders } from './expressions.ts';
import type { Partition } from './partition.ts';

type Attributes = Record<string, AttributeValue>;

/** A table with one item of numbers. */
export interface LedgerTable {
  /** Of the SDK itself, whose calls are answered here: they reach no network. */
  client(): DynamoDBClient;
}

/** Some of an expression's names are seconds. */
const EXPRESSIONS_MOST = 1_000;

const memoized = <T extends object>(make: (text: string) => T): ((text: string) => T) => {
  const known = new LRUCache<string, T>({ max: EXPRESSIONS_MOST });
  return (text) => {
    const made = known.get(text) ?? make(text);
    known.set(text, made);
    return made;
  };
};

const placeholdersOf = ({
  ExpressionAttributeNames,
  ExpressionAttributeValues,
}: UpdateItemCommandInput): Placeholders => ({
  name: (placeholder) => ExpressionAttributeNames?.[placeholder] ?? placeholder,
  value: (placeholder) => Number(ExpressionAttributeValues?.[placeholder]?.N),
});

/** The item of the quota ledger in its partition, for the program's own adapter. */
export const ledgerTable = (partition: Partition): LedgerTable => {
  const condition = memoized(conditionOf);
  const change = memoized(changeOf);
  let item: ReadonlyMap<string, number> | undefined;
  let key: Attributes = {};

  const attributes = (): Attributes => ({
    ...key,
    ...Object.fromEntries([...(item ?? [])].map(([name, value]) => [name, { N: String(value) }])),
  });

  const update = (input: UpdateItemCommandInput) => {
    const given = placeholdersOf(input);
    const { ConditionExpression, UpdateExpression = '', Key = {} } = input;
    if (ConditionExpression !== undefined && !condition(ConditionExpression)(item ?? new Map(), given)) {
      throw new ConditionalCheckFailedException({
        message: 'The conditional request failed',
        $metadata: {},
        ...(item !== undefined && { Item: attributes() }),
      });
    }
    const changed = new Map(item);
    change(UpdateExpression)(changed, given);
    item = changed;
    key = Key;
    return { Attributes: attributes() };
  };

  const answer = (
    command: string | undefined,
    input: GetItemCommandInput | UpdateItemCommandInput,
  ): Promise<object> => {
    if (command === 'UpdateItemCommand') return partition.write(() => update(input as UpdateItemCommandInput));
    if (command === 'GetItemCommand') return partition.read(() => (item === undefined ? {} : { Item: attributes() }));
    throw new Error(`The simulated table does not know ${command}.`);
  };

  return {
    client() {
      const client = new DynamoDBClient({ region: 'simulated', cacheMiddleware: true });
      client.middlewareStack.add(
        (_next, { commandName }) =>
          async ({ input }) => {
            const output = await answer(commandName, input as GetItemCommandInput | UpdateItemCommandInput);
            return { output: { $metadata: {}, ...output }, response: {} };
          },
        { step: 'initialize', priority: 'high', name: 'simulated' },
      );
      return client;
    },
  };
};
