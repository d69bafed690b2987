import assert from 'node:assert/strict';
import { z } from 'zod';
import { AppError } from '../../../common/domain/errors.ts';
import { checked } from '../../../common/runtime/checked.ts';
import { work } from '../../../workers/consume.ts';
import { aRef } from '../../support/documents.ts';
import { assertError, attempts, failingWith, Job, openShell, stageOf } from './shell.ts';

const BROKEN = new TypeError('/home/ada/secret.key is not a function');

describe('work: a job that cannot succeed', () => {
  it('is buried, and its document says why', async () => {
    await using home = await openShell();
    const reason = 'The PDF is encrypted; upload an unlocked copy.';
    const outcome = await work(failingWith('unreadable', reason), home.lease, home.shell);
    assert.deepEqual(outcome, { fate: 'bury', code: 'unreadable', reason });
    await assertError(home, reason);
  });

  it('is buried when its body is malformed, and its document says so where it is named', async () => {
    await using home = await openShell();
    const stage = {
      ...stageOf(async () => []),
      parse: (body: unknown) => checked(Job.extend({ batch: z.int() }), body, 'The job is'),
    };
    const outcome = await work(stage, home.lease, home.shell);
    assert.ok(outcome.fate === 'bury' && outcome.code === 'invalid');
    await assertError(home, outcome.reason);
  });

  it('is buried when its body is nothing at all', async () => {
    await using home = await openShell();
    const { userId, documentId } = home.document;
    const bodies = [
      null,
      7,
      'x',
      [],
      {},
      { userId, documentId },
      { userId, documentId, generation: '1' },
      { userId: 1 },
    ];
    for (const body of bodies) {
      const outcome = await work(
        stageOf(async () => []),
        { ...home.lease, body },
        home.shell,
      );
      assert.ok(outcome.fate === 'bury' && outcome.code === 'invalid', JSON.stringify(body));
    }
    assert.deepEqual(await home.record(), home.document);
  });

  it('says nothing over a newer generation, nor over one that is served', async () => {
    await using home = await openShell();
    const replaced = await home.documents.change(home.document, { generation: 2 });
    assert.equal((await work(failingWith('unreadable'), home.lease, home.shell)).fate, 'bury');
    assert.deepEqual(await home.record(), replaced);
    const served = await home.documents.change(replaced, { status: 'ready', servedGeneration: 2 });
    assert.equal(
      (await work(failingWith('unreadable'), { ...home.lease, body: aRef(served) }, home.shell)).fate,
      'bury',
    );
    assert.deepEqual(await home.record(), served);
  });

  it('is buried also when its document is deleted, or gone', async () => {
    await using home = await openShell();
    const tombstone = await home.documents.change(home.document, { deletedAt: '2027-01-01T00:00:00.000Z' });
    assert.equal((await work(failingWith('unreadable'), home.lease, home.shell)).fate, 'bury');
    assert.deepEqual(await home.record(), tombstone);
    await home.documents.remove(tombstone);
    assert.equal((await work(failingWith('unreadable'), home.lease, home.shell)).fate, 'bury');
  });

  it('comes again when its document cannot be told now: nobody is left waiting for an answer', async () => {
    await using home = await openShell();
    const full = async () => Promise.reject(new AppError('storage_full', 'The disk is full.'));
    const ports = { ...home, documents: { ...home.documents, change: full } };
    const outcome = await work(failingWith('unreadable'), home.lease, { ...home.shell, ports });
    assert.deepEqual(outcome, { fate: 'return', code: 'storage_full', reason: 'The disk is full.' });
  });
});

describe('work: a job that failed for no known reason', () => {
  const bug = stageOf(async () => {
    throw BROKEN;
  });

  it('is returned, and its document is none the wiser', async () => {
    await using home = await openShell();
    const outcome = await work(bug, home.lease, home.shell);
    assert.ok(outcome.fate === 'return' && outcome.code === 'internal');
    assert.deepEqual(await home.record(), home.document);
  });

  it('is buried the last time, and the words of the bug stay in the log', async () => {
    await using home = await openShell();
    const outcome = await work(bug, { ...home.lease, receiveCount: attempts }, home.shell);
    assert.ok(outcome.fate === 'bury' && outcome.code === 'internal');
    assert.doesNotMatch(outcome.reason, /secret/);
    await assertError(home, outcome.reason);
    const [, sight] = home.seen;
    assert.ok(sight?.name === 'job.settled' && sight.fate === 'bury' && sight.cause === BROKEN);
  });

  it('is buried unseen when it came more often than it may: its worker died of it each time', async () => {
    await using home = await openShell();
    const stage = stageOf(async () => assert.fail('it was tried again'));
    const outcome = await work(stage, { ...home.lease, receiveCount: attempts + 1 }, home.shell);
    assert.ok(outcome.fate === 'bury' && outcome.code === 'unreadable');
    assert.match(outcome.reason, new RegExp(`broke off ${attempts} times`));
    await assertError(home, outcome.reason);
  });
});
