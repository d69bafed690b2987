import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../../common/adapters/aws/clients.ts';
import { TABLES } from '../../../../common/adapters/aws/dynamodb/tables.ts';

describe('TABLES', () => {
  for (const [name, definition] of Object.entries(TABLES)) {
    it(`are taken by the service as they are: ${name}`, async () => {
      await using stack = new AsyncDisposableStack();
      const client = stack.adopt(new DynamoDBClient(clientSettings()), (opened) => opened.destroy());
      const TableName = `test-${name}-${randomUUID()}`;
      const { TableDescription } = await client.send(new CreateTableCommand({ ...definition, TableName }));
      stack.defer(async () => void (await client.send(new DeleteTableCommand({ TableName }))));
      const made = (TableDescription?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
      const wanted = (definition.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
      assert.deepEqual(made.toSorted(), wanted.toSorted());
    });
  }
});
