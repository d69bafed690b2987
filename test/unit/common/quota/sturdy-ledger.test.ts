import assert from 'node:assert/strict';
import { inProcessLedger } from '../../../../common/adapters/quota/in-process-ledger.ts';
import { sturdyLedger } from '../../../../common/adapters/quota/sturdy-ledger.ts';
import { AppError } from '../../../../common/domain/errors.ts';
import { NOTHING } from '../../../../common/domain/quota/quota.ts';
import { granted, near, QUOTA } from '../../../contract/quota-ledger.contract.ts';
import { passingClock } from '../../../support/clock.ts';

const COST = { tokens: 100, requests: 1 };

/** A ledger that can be cut off. */
const opened = () => {
  const clock = passingClock();
  const inner = inProcessLedger(QUOTA, clock);
  let failure: AppError | undefined;
  const told: string[] = [];
  const unless = <Answer>(answer: () => Promise<Answer>): Promise<Answer> =>
    failure === undefined ? answer() : Promise.reject(failure);
  const ledger = sturdyLedger({
    ledger: {
      reserve: (cost, report) => unless(() => inner.reserve(cost, report)),
      debit: (cost, report) => unless(() => inner.debit(cost, report)),
      state: () => unless(() => inner.state()),
    },
    quota: QUOTA,
    workersMost: 10,
    clock,
    random: () => 0.5,
    onAway: (away) => told.push(away === undefined ? 'back' : 'away'),
  });
  return {
    clock,
    ledger,
    told,
    setAway(to: boolean) {
      failure = to ? new AppError('unavailable', 'It does not answer.') : undefined;
    },
    makeBusy() {
      failure = new AppError('throttled', 'It has too much to do.');
    },
  };
};

describe('sturdyLedger', () => {
  it('grants this worker its part of the quota while the ledger is away, and says so once', async () => {
    const { ledger, setAway, told } = opened();
    setAway(true);
    const first = await granted(ledger, COST);
    near(first.endsAt - first.startsAt, 1_000, 0.01);
    const { spans, state } = await granted(ledger, COST);
    assert.deepEqual({ spans, tokensPerMinute: state.tokensPerMinute }, { spans: undefined, tokensPerMinute: 6_000 });
    assert.deepEqual(told, ['away']);
  });

  it('takes debits and reports while the ledger is away', async () => {
    const { ledger, setAway } = opened();
    setAway(true);
    assert.deepEqual(await ledger.debit({ tokens: 1, requests: 1 }, NOTHING), { retryInMs: 0 });
  });

  it('shares again when the ledger answers, without anybody waiting for that', async () => {
    const { ledger, setAway, told, clock } = opened();
    setAway(true);
    await granted(ledger, COST);
    setAway(false);
    await granted(ledger, COST);
    assert.deepEqual(told, ['away']);
    clock.pass(600);
    await granted(ledger, COST); // which asks beside
    const shared = await granted(ledger, COST);
    assert.deepEqual(told, ['away', 'back']);
    near(shared.endsAt - shared.startsAt, 100, 0.01);
  });

  it('comes back later to a ledger that has too much to do, as if all were given away', async () => {
    const { ledger, makeBusy, told } = opened();
    makeBusy();
    const { kind, state } = await ledger.reserve(COST, NOTHING);
    assert.deepEqual({ kind, tokensPerMinute: state.tokensPerMinute }, { kind: 'full', tokensPerMinute: 60_000 });
    await assert.rejects(ledger.debit(COST, NOTHING), { code: 'throttled' });
    assert.deepEqual(told, []);
  });

  it('takes one for away that has had too much to do for 10 s', async () => {
    const { ledger, makeBusy, clock, told } = opened();
    makeBusy();
    await ledger.reserve(COST, NOTHING);
    clock.pass(10_000);
    assert.equal((await granted(ledger, COST)).spans, undefined);
    assert.deepEqual(told, ['away']);
  });

  it('passes on what is no fault of the ledger’s', async () => {
    const fault = new TypeError('a fault of the program');
    const inner = inProcessLedger(QUOTA);
    const ledger = sturdyLedger({
      ledger: { ...inner, reserve: () => Promise.reject(fault) },
      quota: QUOTA,
      workersMost: 1,
    });
    await assert.rejects(ledger.reserve(COST, NOTHING), fault);
  });
});
