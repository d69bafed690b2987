import assert from 'node:assert/strict';
import { embedPace } from '../../../api/operations/embed-pace.ts';
import { AppError } from '../../../common/domain/errors.ts';
import type { QuotaState } from '../../../common/ports/quota-ledger.ts';
import { aClock } from '../../support/clock.ts';
import { temporaryStores } from '../../support/stores.ts';

const STATE: QuotaState = {
  tokensPerMinute: 60_000,
  grantedPerMinute: 60_000,
  usedPerMinute: 50_000,
  throttledShare: 0,
  jobsPerMinute: 30,
};

describe('embedPace', () => {
  it('is what waits and how much is done a minute, asked every two seconds at most', async () => {
    await using stores = await temporaryStores();
    await stores.queue.send([{ stage: 'embed', body: {}, group: 'ada' }]);
    let asked = 0;
    const state = async () => {
      asked += 1;
      return STATE;
    };
    const clock = aClock();
    const pace = embedPace({ queue: stores.queue, quota: { state } }, clock.now);
    assert.deepEqual(await pace(), { backlog: 1, jobsPerMinute: 30 });
    clock.pass(1_999);
    await pace();
    assert.equal(asked, 1);
    clock.pass(1);
    await pace();
    assert.equal(asked, 2);
  });

  it('is not known while nothing is done, where nobody counts, and while the ledger is away', async () => {
    await using stores = await temporaryStores();
    const states = [
      async () => ({ ...STATE, jobsPerMinute: 0 }),
      async () => undefined,
      async () => Promise.reject(new AppError('unavailable', 'It is away.')),
    ];
    for (const state of states) assert.equal(await embedPace({ queue: stores.queue, quota: { state } })(), undefined);
  });
});
