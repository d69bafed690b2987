import assert from 'node:assert/strict';
import type { StageName } from '../../common/domain/stage-name.ts';
import { type Account, register } from '../support/account.ts';
import type { Fleet } from '../support/fleet.ts';
import { assertWhole, atRest, documentsOf } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { until } from '../support/until.ts';

const uploadOne = (account: Account, n: number) => account.upload(`manual-${n}.txt`, prose(30, n));

/** About 3 chunks each. */
export const uploadSome = async (account: Account, count: number): Promise<void> => {
  for (let n = 1; n <= count; n += 1) await uploadOne(account, n);
};

const QUICK_MS = 5_000;

/** Waits for a job of the stage; gives more to do when all was done too quickly to be seen. */
const untilAtWork = async (fleet: Fleet, stage: StageName, uploadMore: () => Promise<unknown>): Promise<void> => {
  let moreAt = performance.now() + QUICK_MS;
  await until(`a job in ${stage}`, async () => {
    if ((await fleet.home.ports.queue.depth(stage)).inFlight > 0) return true;
    if (performance.now() < moreAt) return false;
    moreAt = performance.now() + QUICK_MS;
    await uploadMore();
    return false;
  });
};

/** What must hold when workers die at their work. */
export const killFaults = (home: string, open: () => Promise<Fleet>) =>
  describe(`kill -9: ${home}`, function () {
    this.timeout(300_000);

    for (const stage of ['extract', 'embed', 'index'] as const) {
      it(`of a worker in the ${stage} stage loses nothing and doubles nothing`, async () => {
        await using fleet = await open();
        const { url } = await fleet.api();
        const account = await register(url);
        const others = (['extract', 'embed', 'index'] as const).filter((other) => other !== stage);
        fleet.worker(...others);
        let uploaded = 6;
        await uploadSome(account, uploaded);
        for (let kills = 0; kills < 3; kills += 1) {
          const victim = fleet.worker(stage);
          await untilAtWork(fleet, stage, () => uploadOne(account, ++uploaded));
          await victim.kill();
        }
        fleet.worker(stage);
        await atRest(fleet.home.ports, account.userId);
        assert.equal((await documentsOf(fleet.home.ports, account.userId)).length, uploaded);
        await assertWhole(fleet.home.ports, account.userId);
      });
    }
  });
