import { EXPIRES_AT, TABLES, type TableDefinition } from '../../../common/adapters/aws/dynamodb/tables.ts';

/** Whose items expire. */
const EXPIRING: readonly string[] = ['state'];

const keyOf = (schema: TableDefinition['KeySchema'], type: 'HASH' | 'RANGE'): string | null =>
  schema?.find(({ KeyType }) => KeyType === type)?.AttributeName ?? null;

const definitionOf = (name: string, table: TableDefinition) => ({
  hashKey: keyOf(table.KeySchema, 'HASH'),
  rangeKey: keyOf(table.KeySchema, 'RANGE'),
  attributes: Object.fromEntries(
    (table.AttributeDefinitions ?? []).map(({ AttributeName = '', AttributeType }) => [AttributeName, AttributeType]),
  ),
  indexes: Object.fromEntries(
    (table.GlobalSecondaryIndexes ?? []).map(({ IndexName = '', KeySchema, Projection }) => [
      IndexName,
      {
        hashKey: keyOf(KeySchema, 'HASH'),
        rangeKey: keyOf(KeySchema, 'RANGE'),
        projection: Projection?.ProjectionType,
      },
    ]),
  ),
  stream: table.StreamSpecification?.StreamViewType ?? null,
  expiresBy: EXPIRING.includes(name) ? EXPIRES_AT : null,
});

/** The program's tables in the words of the Terraform module. */
export const tableDefinitions = () =>
  Object.fromEntries(Object.entries(TABLES).map(([name, table]) => [name, definitionOf(name, table)]));
