import assert from 'node:assert/strict';
import { runMaintenance } from '../../../../workers/maintenance/commands.ts';
import { temporaryHome } from '../../../support/home.ts';
import { stored } from '../../../support/uploads.ts';

describe('retention', () => {
  it('deletes what was uploaded more than two years ago, with a receipt, and nothing else', async () => {
    await using home = await temporaryHome();
    const old = await stored(home.ports, 'old', { uploadDate: '2020-01-01T00:00:00.000Z', status: 'ready' });
    const recent = await stored(home.ports, 'recent', { status: 'ready' });
    assert.deepEqual(await runMaintenance('retention', home), { deleted: 1 });
    assert.notEqual((await home.ports.documents.get(old)).deletedAt, undefined);
    assert.equal((await home.ports.documents.get(recent)).deletedAt, undefined);
    assert.equal((await home.ports.receipts.pending(new Date(Date.now() + 1_000).toISOString())).items.length, 1);
  });
});

describe('maintenance', () => {
  it('names its commands to who asks for another', async () => {
    await using home = await temporaryHome();
    await assert.rejects(runMaintenance('tidy', home), {
      code: 'invalid',
      message: /reconcile[\s\S]*restore-index/,
    });
  });
});
