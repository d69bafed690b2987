import assert from 'node:assert/strict';
import { register } from '../support/account.ts';
import { openFleet } from '../support/fleet.ts';
import { assertWhole, atRest, documentsOf } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { smallDisk } from '../support/small-disk.ts';

const form = (content: string): FormData => {
  const data = new FormData();
  data.append('file', new Blob([content]), 'late.txt');
  return data;
};

describe('a full disk', function () {
  this.timeout(120_000);

  it('refuses uploads with 507, keeps what was accepted, and goes on when there is room', async function () {
    await using disk = await smallDisk(64);
    if (disk === undefined) this.skip(); // takes Linux and root, as in CI
    await using fleet = await openFleet({ DATA_DIR: disk.path });
    const launcher = await fleet.launcher();
    const account = await register(launcher.url);
    for (let n = 1; n <= 5; n += 1) await account.upload(`manual-${n}.txt`, prose(100, n));
    await disk.fill();
    const { status, body } = await account.send('POST', '/v1/documents', form(prose(2_000)));
    assert.equal(status, 507, JSON.stringify(body));
    assert.equal(body['code'], 'storage_full');
    await disk.free();
    await account.upload('late.txt', prose(50, 9));
    await atRest(fleet.home.ports, account.userId);
    assert.equal((await documentsOf(fleet.home.ports, account.userId)).length, 6);
    await assertWhole(fleet.home.ports, account.userId);
  });
});
