import assert from 'node:assert/strict';
import { openQuotaFleet } from '../support/aws/quota-fleet.ts';

const WARM_MS = 3_000;
const MEASURED_MS = 10_000;

describe('workers that share a quota', () => {
  it('use all of it, in equal parts, and are hardly ever throttled', async function () {
    this.timeout(60_000);
    await using fleet = await openQuotaFleet(4, { tokensPerMinute: 600_000, burstSeconds: 2 });
    await fleet.measure(WARM_MS);
    const { used, throttled, fairness } = await fleet.measure(MEASURED_MS);
    const figures = `used ${used.toFixed(3)}, throttled ${throttled.toFixed(4)}, fairness ${fairness.toFixed(3)}`;
    assert.ok(used >= 0.97 && throttled < 0.001 && fairness >= 0.95, figures);
  });
});
