import assert from 'node:assert/strict';
import { batchGet } from '../../../../common/adapters/aws/dynamodb/batch-get.ts';
import { dynamoTable } from '../../../../common/adapters/aws/dynamodb/table.ts';
import { dynamoFront } from '../../../support/aws/dynamo-front.ts';
import { temporaryTable } from '../../../support/aws/temporary-tables.ts';

const KEY = { pk: 'a', sk: '0' };

describe('batchGet', () => {
  it('asks again for what one answer of 16 MB does not hold', async () => {
    await using place = await temporaryTable('state');
    const keys = Array.from({ length: 48 }, (_, n) => ({ pk: 'a', sk: String(n) }));
    for (const key of keys) await dynamoTable(place).put({ ...key, text: 'x'.repeat(380_000) });
    let calls = 0;
    await using front = await dynamoFront(() => {
      calls += 1;
      return 'pass';
    });
    const items = await batchGet({ ...front, table: place.table }, keys);
    assert.ok(calls > 1);
    assert.deepEqual(new Set(items.map(({ sk }) => sk)), new Set(keys.map(({ sk }) => sk)));
    assert.equal(items.length, keys.length);
  });

  it('gives a key that is asked for twice once', async () => {
    await using place = await temporaryTable('state');
    await dynamoTable(place).put(KEY);
    assert.deepEqual(await batchGet(place, [KEY, KEY]), [KEY]);
  });

  it('throws throttled when nothing is read at all, again and again', async () => {
    const unread = { UnprocessedKeys: { t: { Keys: [{ pk: { S: 'a' }, sk: { S: '0' } }] } } };
    let asked = 0;
    await using front = await dynamoFront((_operation, count) => {
      asked = count;
      return { status: 200, body: { Responses: {}, ...unread } };
    });
    await assert.rejects(batchGet({ ...front, table: 't' }, [KEY]), { code: 'throttled' });
    assert.equal(asked, 5);
  });
});
