import assert from 'node:assert/strict';
import { accountOf, attributeOf, COUNTERS } from '../../../../common/adapters/aws/dynamodb/quota-item.ts';
import { debitOf } from '../../../../common/adapters/aws/dynamodb/quota-update.ts';
import { type Account, NEW_ACCOUNT } from '../../../../common/domain/quota/account.ts';
import { KEPT_SECONDS, secondOf } from '../../../../common/domain/quota/activity.ts';
import { NOTHING } from '../../../../common/domain/quota/quota.ts';

const NOW = Date.UTC(2026, 0, 1);
const BUSY = { used: 1_234_567, answered: 321, throttled: 123, jobs: 45 };
const WRITE_UNIT = 1_024;
const BYTES_OF_A_NUMBER = 11; // 20 digits: two each, and one more

const busyFor = (seconds: number): Account['activity'] =>
  new Map(Array.from({ length: seconds }, (_, n) => [secondOf(NOW) - n, BUSY] as const));

const asked = { quota: { tokensPerMinute: 60_000 }, now: NOW, cost: { tokens: 10, requests: 1 }, report: NOTHING };

describe("the quota ledger's item, as attributes", () => {
  it('is the account that it was made of', () => {
    const activity = busyFor(2);
    const seconds = [...activity].flatMap(([second, counts]) =>
      COUNTERS.map((counter) => [attributeOf(counter, second), counts[counter]] as const),
    );
    const steering = { share: 0.5, changedAt: NOW, base: 0.4, step: 0.02, restMs: 30_000 };
    const item = { tokensTat: 1, requestsTat: 2, queriesTat: 3, spans: 4, ...steering, ...Object.fromEntries(seconds) };
    assert.deepEqual(accountOf(item), {
      tats: { tokens: 1, requests: 2, queries: 3 },
      spans: 4,
      steering,
      activity,
    });
  });

  it('stays within the kilobyte that one write unit pays for, however busy the fleet', () => {
    const names = [...busyFor(KEPT_SECONDS).keys()].flatMap((second) =>
      COUNTERS.map((each) => attributeOf(each, second)),
    );
    const fixed = ['quotaId', 'tokensTat', 'requestsTat', 'queriesTat', 'spans', 'share', 'changedAt', 'base', 'step'];
    const counts = names.reduce((sum, name) => sum + name.length + 5, 0);
    assert.ok(counts + fixed.length * (11 + BYTES_OF_A_NUMBER) + 50 < WRITE_UNIT, String(counts));
  });

  it('loses the seconds that nobody looks at any more', () => {
    const account = { ...NEW_ACCOUNT, activity: busyFor(KEPT_SECONDS + 1) };
    const { update = '', names = {} } = debitOf(account, asked);
    const removed = update.split('REMOVE ')[1]?.split(', ') ?? [];
    const oldest = secondOf(NOW) - KEPT_SECONDS;
    assert.deepEqual(
      removed.map((name) => names[name]),
      COUNTERS.map((counter) => attributeOf(counter, oldest)),
    );
  });
});
