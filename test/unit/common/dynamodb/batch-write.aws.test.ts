import assert from 'node:assert/strict';
import { batchGet } from '../../../../common/adapters/aws/dynamodb/batch-get.ts';
import { batchPut, batchRemove } from '../../../../common/adapters/aws/dynamodb/batch-write.ts';
import { dynamoFront } from '../../../support/aws/dynamo-front.ts';
import { temporaryTable } from '../../../support/aws/temporary-tables.ts';

const keysOf = (count: number) => Array.from({ length: count }, (_, n) => ({ pk: String(n), sk: '0' }));
const undone = (count: number) => ({
  status: 200,
  body: {
    UnprocessedItems: {
      t: keysOf(count).map(({ pk, sk }) => ({ PutRequest: { Item: { pk: { S: pk }, sk: { S: sk } } } })),
    },
  },
});

describe('batchPut and batchRemove', () => {
  it('take more items than the service does at once', async () => {
    await using place = await temporaryTable('state');
    await batchPut(place, keysOf(60));
    assert.equal((await batchGet(place, keysOf(60))).length, 60);
    await batchRemove(place, keysOf(59));
    assert.deepEqual(await batchGet(place, keysOf(60)), keysOf(60).slice(-1));
  });

  it('ask again for what the service has left undone', async () => {
    const sizes: number[] = [];
    await using front = await dynamoFront((_operation, count) => {
      sizes.push(count);
      return undone(Math.max(0, 3 - count));
    });
    await batchPut({ ...front, table: 't' }, keysOf(3));
    assert.deepEqual(sizes, [1, 2, 3]);
  });

  it('throw throttled when nothing is done at all, again and again', async () => {
    let asked = 0;
    await using front = await dynamoFront((_operation, count) => {
      asked = count;
      return undone(2);
    });
    await assert.rejects(batchPut({ ...front, table: 't' }, keysOf(2)), { code: 'throttled' });
    assert.equal(asked, 5);
  });
});
