import assert from 'node:assert/strict';
import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { seededRandom } from '../../simulate/engine/random.ts';
import { virtualTime } from '../../simulate/engine/virtual-time.ts';
import { conditionOf } from '../../simulate/models/expressions.ts';
import { ledgerTable } from '../../simulate/models/ledger-table.ts';
import { partition } from '../../simulate/models/partition.ts';

const aTable = () => {
  const { clock, elapsed, run } = virtualTime();
  const client = ledgerTable(partition({ clock, random: seededRandom(1) })).client();
  const update = async (UpdateExpression: string, ConditionExpression: string, now: number) => {
    const request = client.send(
      new UpdateItemCommand({
        TableName: 'ledger',
        Key: { quotaId: { S: 'a quota' } },
        UpdateExpression,
        ConditionExpression,
        ExpressionAttributeNames: { '#tat': 'tat', '#spans': 'spans' },
        ExpressionAttributeValues: { ':now': { N: String(now) }, ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      }),
    );
    const [answer] = await Promise.allSettled([request, run(elapsed() + 1_000)]);
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  };
  return { update };
};

const BEGIN = 'SET #tat = :now ADD #spans :one';
const IF_BEHIND = 'attribute_not_exists(#tat) OR #tat <= :now';
const IF_AHEAD = '(#tat > :now)';

describe('The ledger table, simulated', () => {
  it("answers the SDK's own commands, and keeps what they write", async () => {
    const { update } = aTable();
    await update(BEGIN, IF_BEHIND, 100);
    const { Attributes } = await update('SET #tat = #tat + :one ADD #spans :one', IF_AHEAD, 50);
    assert.deepEqual(Attributes, { quotaId: { S: 'a quota' }, tat: { N: '101' }, spans: { N: '2' } });
  });

  it('refuses a write whose condition does not hold, and shows the item', async () => {
    const { update } = aTable();
    await update(BEGIN, IF_BEHIND, 100);
    await assert.rejects(update(BEGIN, IF_BEHIND, 50), (error) => {
      assert.ok(error instanceof ConditionalCheckFailedException);
      assert.deepEqual(error.Item?.['tat'], { N: '100' });
      return true;
    });
  });

  it('says what it does not understand', () => {
    assert.throws(() => conditionOf('#tat ~ :now'), /does not know ~/);
    assert.throws(() => conditionOf('(#tat > :now'), /where \) is due/);
  });
});
