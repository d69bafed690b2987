import assert from 'node:assert/strict';
import { register } from '../support/account.ts';
import { openFleet } from '../support/fleet.ts';
import { assertWhole, atRest, documentsOf, unfinishedFiles } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { until } from '../support/until.ts';
import { uploaded } from '../support/uploads.ts';
import { killFaults, uploadSome } from './kill.faults.ts';

killFaults('embedded', openFleet);

describe('kill -9 in the embedded home', function () {
  this.timeout(180_000);

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
