import assert from 'node:assert/strict';
import type { StageName } from '../../common/domain/stage-name.ts';
import { type Account, register } from '../support/account.ts';
import { type Fleet, openFleet, until } from '../support/fleet.ts';
import { assertWhole, atRest, documentsOf, unfinishedFiles } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { uploaded } from '../support/uploads.ts';

/** About 3 chunks each, and one of more than a batch. */
const uploadSome = async (account: Account, count: number): Promise<void> => {
  for (let n = 1; n <= count; n += 1) await account.upload(`manual-${n}.txt`, prose(30, n));
};

const isAtWork = (fleet: Fleet, stage: StageName) => async () =>
  (await fleet.home.ports.queue.depth(stage)).inFlight > 0;

describe('kill -9', function () {
  this.timeout(180_000);

  for (const stage of ['extract', 'embed', 'index'] as const) {
    it(`of a worker in the ${stage} stage loses nothing and doubles nothing`, async () => {
      await using fleet = await openFleet();
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

  it('of every process at any moment, again and again, leaves no unfinished file behind', async () => {
    await using fleet = await openFleet();
    let api = await fleet.api();
    const account = await register(api.url);
    await uploadSome(account, 8);
    for (const wait of [20, 150, 400, 900, 1_500]) {
      const worker = fleet.worker();
      await new Promise((resolve) => setTimeout(resolve, wait));
      await Promise.all([worker.kill(), api.kill()]);
      api = await fleet.api();
    }
    // one more, so that the last worker is seen at work before it is stopped
    await uploaded(fleet.home.ports, prose(30, 9), { userId: account.userId });
    const worker = fleet.worker();
    await atRest(fleet.home.ports, account.userId);
    await assertWhole(fleet.home.ports, account.userId);
    assert.equal(await worker.stop(), 0);
    assert.deepEqual(await unfinishedFiles(fleet.folder), []);
  });

  it('of the API in the middle of an upload leaves neither a record nor a file', async () => {
    await using fleet = await openFleet();
    const api = await fleet.api();
    const account = await register(api.url);
    const arriving = account.upload('big.txt', prose(200_000));
    const broken = assert.rejects(arriving);
    await until('a part of the upload on disk', async () => (await unfinishedFiles(fleet.folder)).length > 0);
    await api.kill();
    await broken;
    await fleet.api();
    assert.deepEqual(await documentsOf(fleet.home.ports, account.userId), []);
    assert.deepEqual(await unfinishedFiles(fleet.folder), []);
    assert.deepEqual(await fleet.home.ports.blobs.list('documents/'), []);
  });
});
