import assert from 'node:assert/strict';
import { AppError, type ErrorCode } from '../../../common/domain/errors.ts';
import type { Message } from '../../../common/ports/job-queue.ts';
import type { Sight } from '../../../common/runtime/sight.ts';
import { work } from '../../../workers/consume.ts';
import { attempts, failingWith, NEXT, openShell, stageOf } from './shell.ts';

describe('work: a job in whose way stands what passes by itself', () => {
  it('is tried again with the lease held, until it is done', async () => {
    await using home = await openShell();
    const failures: ErrorCode[] = ['throttled', 'storage_full'];
    const stage = stageOf(async () => {
      const code = failures.shift();
      if (code !== undefined) throw new AppError(code, 'Not now.');
      return NEXT;
    });
    const outcome = await work(stage, { ...home.lease, receiveCount: attempts }, home.shell);
    assert.deepEqual(outcome, { fate: 'done' });
    const waits = home.seen.flatMap((sight) => (sight.name === 'job.waiting' ? [[sight.code, sight.tries]] : []));
    assert.deepEqual(waits, [
      ['throttled', 1],
      ['storage_full', 2],
    ]);
    assert.equal(await home.sent(), 1);
  });

  it('is tried again when what it sends on does not fit', async () => {
    await using home = await openShell();
    let full = true;
    const send = async (messages: readonly Message[]) => {
      if (!full) return home.queue.send(messages);
      full = false;
      throw new AppError('storage_full', 'The disk is full.');
    };
    const ports = { ...home, queue: { ...home.queue, send } };
    const outcome = await work(
      stageOf(async () => NEXT),
      home.lease,
      { ...home.shell, ports },
    );
    assert.deepEqual(outcome, { fate: 'done' });
    assert.equal(await home.sent(), 1);
  });

  it('is given back when the worker leaves meanwhile, the last time too', async () => {
    await using home = await openShell();
    const observe = (sight: Sight) => {
      if (sight.name === 'job.waiting') home.leave();
    };
    const lease = { ...home.lease, receiveCount: attempts };
    const outcome = await work(failingWith('unavailable'), lease, { ...home.shell, observe });
    assert.ok(outcome.fate === 'return' && outcome.code === 'unavailable');
    assert.deepEqual(await home.record(), home.document);
  });
});

describe('work: a job whose lease is lost, or whose worker leaves', () => {
  it('is told of when the lease is lost, and not when the worker leaves', async () => {
    for (const end of ['loseLease', 'leave'] as const) {
      await using home = await openShell();
      const stage = stageOf(async () => {
        home[end]();
        return [];
      });
      await work(stage, home.lease, home.shell);
      const lost = home.seen.filter(({ name }) => name === 'lease.lost');
      assert.equal(lost.length, end === 'loseLease' ? 1 : 0);
    }
  });

  it('is given back, and sends nothing on, though it ran to its end', async () => {
    for (const end of ['leave', 'loseLease'] as const) {
      await using home = await openShell();
      const stage = stageOf(async (_job, _ports, signal) => {
        home[end]();
        assert.equal(signal.aborted, true);
        return NEXT;
      });
      const outcome = await work(stage, { ...home.lease, receiveCount: attempts }, home.shell);
      assert.ok(outcome.fate === 'return' && outcome.code === 'unavailable');
      assert.equal(await home.sent(), 0);
    }
  });

  it('is given back, whatever it threw: that came of leaving', async () => {
    await using home = await openShell();
    const stage = stageOf(async (_job, _ports, signal) => {
      home.leave();
      signal.throwIfAborted();
      return [];
    });
    const outcome = await work(stage, { ...home.lease, receiveCount: attempts }, home.shell);
    assert.ok(outcome.fate === 'return' && outcome.code === 'unavailable');
    assert.deepEqual(await home.record(), home.document);
  });

  it('is not begun', async () => {
    await using home = await openShell();
    home.loseLease();
    const outcome = await work(
      stageOf(async () => assert.fail('it was begun')),
      home.lease,
      home.shell,
    );
    assert.equal(outcome.fate, 'return');
  });
});
