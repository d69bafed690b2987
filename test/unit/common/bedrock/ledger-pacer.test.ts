import assert from 'node:assert/strict';
import { virtualFleet } from './virtual-fleet.ts';

const never = new AbortController().signal;
const started = (workers: number, settings: Parameters<typeof virtualFleet>[0] = {}) => {
  const fleet = virtualFleet(settings);
  const crashes = Array.from({ length: workers }, () => fleet.start());
  return { ...fleet, crashes };
};

describe('ledgerPacer', () => {
  for (const workers of [1, 4, 16]) {
    it(`uses the whole quota with ${workers} at work, and is not throttled`, async () => {
      const fleet = started(workers);
      await fleet.until(105);
      const { used, throttled, fairness } = fleet.figures(5, 105);
      assert.ok(used >= 0.99 && used < 1.01, String(used));
      assert.equal(throttled, 0);
      assert.ok(fairness >= 0.95, String(fairness));
    });
  }

  for (const countsTimes of [0.8, 1.2]) {
    it(`uses the whole quota where the service counts ${countsTimes} times what was estimated`, async () => {
      const fleet = started(4, { countsTimes });
      await fleet.until(105);
      const { used, throttled } = fleet.figures(5, 105);
      assert.ok(used >= 0.99, String(used));
      assert.equal(throttled, 0);
    });
  }

  it('keeps a quota of requests, and makes its calls larger where that is the scarcer', async () => {
    const fleet = started(4, { quota: { tokensPerMinute: 2_000_000, requestsPerMinute: 120 } });
    await fleet.until(105);
    const { calls, throttled, used } = fleet.figures(5, 105);
    assert.ok(calls >= 196 && calls <= 202, String(calls));
    assert.equal(throttled, 0);
    assert.ok(used > 0.97, String(used));
  });

  it('paces calls of one text, too', async () => {
    const fleet = started(4, { textsPerCall: 1 });
    await fleet.until(35);
    const { used, throttled } = fleet.figures(5, 35);
    assert.ok(used >= 0.99, String(used));
    assert.equal(throttled, 0);
  });

  it('hands the share of the dead to the living, and theirs to those who join', async () => {
    const fleet = started(4);
    await fleet.until(10);
    for (const crash of fleet.crashes.slice(0, 2)) crash();
    await fleet.until(33);
    assert.ok(fleet.figures(13, 33).used >= 0.97);
    for (let joined = 0; joined < 2; joined += 1) fleet.start();
    await fleet.until(58);
    const { used, fairness, throttled } = fleet.figures(38, 58);
    assert.ok(used >= 0.97 && fairness >= 0.95, `${used} ${fairness}`);
    assert.equal(throttled, 0);
  });

  it('finds out when the service gives half, and when it gives all again', async () => {
    const fleet = started(16);
    await fleet.until(20);
    fleet.setTruth({ tokensPerMinute: 1_000_000 });
    await fleet.until(80);
    const halved = fleet.figures(35, 80);
    assert.ok(halved.used >= 0.9 && halved.throttled < 0.01, JSON.stringify(halved));
    fleet.setTruth({ tokensPerMinute: 2_000_000 });
    await fleet.until(240);
    const back = fleet.figures(220, 240);
    assert.ok(back.used >= 0.99, JSON.stringify(back));
    assert.equal((await fleet.state())?.grantedPerMinute, 2_000_000);
  });

  it('takes a static share while the ledger is away, and shares again when it is back', async () => {
    const fleet = started(8);
    await fleet.until(10);
    fleet.setLedgerAway(true);
    await fleet.until(70);
    const away = fleet.figures(12, 70);
    assert.ok(away.used > 0.47 && away.used < 0.52, JSON.stringify(away));
    fleet.setLedgerAway(false);
    await fleet.until(95);
    assert.ok(fleet.figures(75, 95).used >= 0.97);
    assert.equal(fleet.figures(0, 95).throttled, 0);
  });

  it('lets a lone text go at once', async () => {
    const fleet = virtualFleet();
    const { packer } = fleet.idle();
    void packer.embed(['a text'], { group: 'ada', signal: never });
    await fleet.until(0.1);
    assert.equal(fleet.calls.length, 1);
  });

  it('lets queries go at once while all is given away, and has documents yield to them', async () => {
    const fleet = started(4);
    await fleet.until(10);
    const { pacer } = fleet.idle();
    const before = fleet.clock.now();
    for (let query = 0; query < 20; query += 1)
      (await pacer.debit(100, never)).settle({ sent: 100, spent: 100, jobs: 0 });
    assert.equal(fleet.clock.now(), before);
    await fleet.until(30);
    const { used, throttled } = fleet.figures(10, 30);
    assert.ok(used < 1.01, String(used));
    assert.equal(throttled, 0);
  });

  it('has queries wait once they take more than their part', async () => {
    const fleet = virtualFleet();
    const { pacer } = fleet.idle();
    await pacer.debit(10_000, never);
    await fleet.until(1);
    let isAllowed = false;
    void pacer.debit(10, never).then(() => {
      isAllowed = true;
    });
    await fleet.until(2);
    assert.ok(!isAllowed);
    await fleet.until(6);
    assert.ok(isAllowed);
  });

  it('gives back what it has not spent when it is closed', async () => {
    const fleet = virtualFleet();
    const from = fleet.clock.now();
    const demand = () => ({ least: 8_000, call: 8_000, all: 500_000 }); // a call takes 240 ms of the quota
    const { pacer } = fleet.idle();
    void pacer.reserve(demand, never);
    await fleet.until(0.1);
    await pacer[Symbol.asyncDispose]();
    let wentAfterMs = 0;
    void fleet
      .idle()
      .pacer.reserve(demand, never)
      .then(() => {
        wentAfterMs = fleet.clock.now() - from;
      });
    await fleet.until(1);
    assert.ok(wentAfterMs > 200 && wentAfterMs < 300, String(wentAfterMs));
  });
});
