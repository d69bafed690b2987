import assert from 'node:assert/strict';
import type { StageName } from '../../common/domain/stage-name.ts';
import { type Account, register } from '../support/account.ts';
import type { Fleet } from '../support/fleet.ts';
import { assertWhole, atRest, documentsOf } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { until } from '../support/until.ts';

/** About 3 chunks each. */
export const uploadSome = async (account: Account, count: number): Promise<void> => {
  for (let n = 1; n <= count; n += 1) await account.upload(`manual-${n}.txt`, prose(30, n));
};

const isAtWork = (fleet: Fleet, stage: StageName) => async () =>
  (await fleet.home.ports.queue.depth(stage)).inFlight > 0;

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
        await uploadSome(account, 6);
        for (let kills = 0; kills < 3; kills += 1) {
          const victim = fleet.worker(stage);
          await until(`a job in ${stage}`, isAtWork(fleet, stage));
          await victim.kill();
        }
        fleet.worker(stage);
        await atRest(fleet.home.ports, account.userId);
        assert.equal((await documentsOf(fleet.home.ports, account.userId)).length, 6);
        await assertWhole(fleet.home.ports, account.userId);
      });
    }
  });
