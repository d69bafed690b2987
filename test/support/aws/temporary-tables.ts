import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../common/adapters/aws/clients.ts';
import type { Place } from '../../../common/adapters/aws/dynamodb/table.ts';
import { TABLES } from '../../../common/adapters/aws/dynamodb/tables.ts';
import type { Open } from '../temporary.ts';

type TableName = keyof typeof TABLES;

const CREATED_WITHIN_SECONDS = 30;

/** A table of its own, removed when disposed; without its stream, which nobody here reads. */
export const temporaryTable = async (name: TableName): Promise<Place & AsyncDisposable> => {
  const { StreamSpecification: _stream, ...definition } = TABLES[name];
  await using stack = new AsyncDisposableStack();
  const client = stack.adopt(new DynamoDBClient(clientSettings()), (opened) => opened.destroy());
  const table = `test-${name}-${randomUUID()}`;
  await client.send(new CreateTableCommand({ ...definition, TableName: table }));
  stack.defer(async () => void (await client.send(new DeleteTableCommand({ TableName: table }))));
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: CREATED_WITHIN_SECONDS }, { TableName: table });
  const owned = stack.move();
  return { client, table, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

/** Adapters that live in a table. */
export const inTable =
  <Parts extends object>(name: TableName, make: (place: Place) => Parts): Open<Parts> =>
  async () => {
    const place = await temporaryTable(name);
    return { ...make(place), [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
  };
