import assert from 'node:assert/strict';
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamoQuotaLedger } from '../../../../common/adapters/aws/dynamodb/quota-ledger.ts';
import type { Place } from '../../../../common/adapters/aws/dynamodb/table.ts';
import { NOTHING } from '../../../../common/domain/quota/quota.ts';
import { granted, QUOTA } from '../../../contract/quota-ledger.contract.ts';
import { temporaryTable } from '../../../support/aws/temporary-tables.ts';
import { passingClock } from '../../../support/clock.ts';

const KEY = { quotaId: 'a model' };
const COST = { tokens: 100, requests: 1 };

const itemIn = async ({ client, table }: Place) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: marshall(KEY), ConsistentRead: true }))).Item ?? {};

const setTat = ({ client, table }: Place, tat: number) =>
  client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: marshall(KEY),
      UpdateExpression: 'SET tokensTat = :tat',
      ExpressionAttributeValues: marshall({ ':tat': tat }),
    }),
  );

describe("the quota ledger's item", () => {
  it('starts anew where a wrong clock has given away a minute', async () => {
    await using place = await temporaryTable('quota');
    await setTat(place, Date.now() + 60_000);
    const { startsAt } = await granted(dynamoQuotaLedger({ ...place, ...KEY, quota: QUOTA }), COST);
    assert.ok(startsAt <= Date.now());
  });

  it('refuses a worker whose clock is off, before it gives anything away', async () => {
    await using place = await temporaryTable('quota');
    const clock = passingClock(-5_000);
    const ledger = dynamoQuotaLedger({ ...place, ...KEY, quota: QUOTA, clock });
    await assert.rejects(ledger.reserve(COST, NOTHING), { code: 'unavailable', message: /clock is [45] s slow/ });
    assert.deepEqual(await itemIn(place), {});
    clock.pass(5_000);
    await granted(ledger, COST);
  });
});
