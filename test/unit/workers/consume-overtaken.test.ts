import assert from 'node:assert/strict';
import { AppError } from '../../../common/domain/errors.ts';
import { work } from '../../../workers/consume.ts';
import { ALL, leavingsOf, NOTHING, processed, SERVED } from './leavings.ts';
import { failingWith, openShell, stageOf } from './shell.ts';

describe('work: a job that was overtaken', () => {
  it('is dropped, and what its generation has left is removed', async () => {
    await using home = await openShell();
    await home.documents.change(home.document, { generation: 2 });
    const late = stageOf(async (job) => {
      await processed(home, job);
      throw new AppError('stale', 'Overtaken.');
    });
    assert.equal((await work(late, home.lease, home.shell)).fate, 'drop');
    assert.deepEqual(await leavingsOf(home, home.document), NOTHING);
    const { status } = await home.record();
    assert.equal(status, 'processing');
  });

  it('loses the work files alone when its generation is served', async () => {
    await using home = await openShell();
    await processed(home, home.document);
    await home.documents.change(home.document, { status: 'ready', servedGeneration: 1 });
    assert.equal((await work(failingWith('stale'), home.lease, home.shell)).fate, 'drop');
    assert.deepEqual(await leavingsOf(home, home.document), SERVED);
    assert.equal((await home.record()).status, 'ready');
  });

  it('comes again when its leavings cannot be removed now', async () => {
    await using home = await openShell();
    await processed(home, home.document);
    await home.documents.change(home.document, { generation: 2 });
    const away = async () => Promise.reject(new AppError('unavailable', 'The index is away.'));
    const ports = { ...home, index: { ...home.index, delete: away } };
    const outcome = await work(failingWith('stale'), home.lease, { ...home.shell, ports });
    assert.deepEqual(outcome, { fate: 'return', code: 'unavailable', reason: 'The index is away.' });
    assert.deepEqual(await leavingsOf(home, home.document), ALL);
  });
});
