import assert from 'node:assert/strict';
import { TABLES } from '../../../../common/adapters/aws/dynamodb/tables.ts';

describe('TABLES', () => {
  it('define the attributes of their keys and indexes, and no others: the service refuses those', () => {
    for (const { AttributeDefinitions = [], KeySchema = [], GlobalSecondaryIndexes = [] } of Object.values(TABLES)) {
      const defined = AttributeDefinitions.map(({ AttributeName }) => AttributeName);
      const used = [KeySchema, ...GlobalSecondaryIndexes.map((index) => index.KeySchema ?? [])].flat();
      assert.deepEqual(new Set(defined), new Set(used.map(({ AttributeName }) => AttributeName)));
      assert.equal(new Set(defined).size, defined.length);
    }
  });

  it('have no hash key of few values', () => {
    const hashes = (TABLES.documents.GlobalSecondaryIndexes ?? []).map(({ KeySchema = [] }) => KeySchema[0]);
    for (const hash of hashes) assert.ok(!['status', 'fileType'].includes(hash?.AttributeName ?? ''));
  });
});
