import assert from 'node:assert/strict';
import { z } from 'zod';
import type { DocumentRef } from '../../../common/domain/document.ts';
import { AppError, type ErrorCode } from '../../../common/domain/errors.ts';
import pipeline from '../../../common/pipeline.json' with { type: 'json' };
import type { Lease, Message } from '../../../common/ports/job-queue.ts';
import { checked } from '../../../common/runtime/checked.ts';
import type { Sight } from '../../../common/runtime/observer.ts';
import { consume, type Shell, work } from '../../../workers/consume.ts';
import type { Stage } from '../../../workers/stage.ts';
import { aDocument, aRef } from '../../support/documents.ts';
import { temporaryStores } from '../../support/stores.ts';
import { ALL, leavingsOf, NOTHING, processed, SERVED } from './leavings.ts';

const Job = z.object({ userId: z.string(), documentId: z.uuid(), generation: z.int().positive() });

const stageOf = (run: Stage<DocumentRef, unknown>['run']): Stage<DocumentRef, unknown> => ({
  name: 'embed',
  parse: (body) => checked(Job, body, 'The job is'),
  run,
});

const failingWith = (code: ErrorCode, message = 'Do something about it.') =>
  stageOf(async () => {
    throw new AppError(code, message);
  });

const { attempts } = pipeline.embed;
const NEXT: Message[] = [{ stage: 'index', group: 'ada', body: 'next' }];
const BROKEN = new TypeError('/home/ada/secret.key is not a function');

/** A shell over real stores, with one document in processing and a lease on its job. */
const openShell = async () => {
  const stores = await temporaryStores();
  const document = aDocument();
  await stores.documents.create(document);
  const seen: Sight[] = [];
  const leaving = new AbortController();
  const lost = new AbortController();
  const shell: Shell<unknown> = {
    ports: stores,
    observe: (sight) => void seen.push(sight),
    stopping: new AbortController().signal,
    leaving: leaving.signal,
  };
  const lease: Lease = {
    stage: 'embed',
    body: aRef(document),
    group: 'ada',
    receiveCount: 1,
    signal: lost.signal,
  };
  return {
    ...stores,
    document,
    shell,
    lease,
    seen,
    leave: () => leaving.abort(),
    loseLease: () => lost.abort(),
    record: () => stores.documents.get(document),
    sent: async () => (await stores.queue.depth('index')).visible,
  };
};

const assertError = async (home: Awaited<ReturnType<typeof openShell>>, errorMessage: string) => {
  const { status, processingStatus } = await home.record();
  assert.deepEqual([status, processingStatus], ['error', { ...home.document.processingStatus, errorMessage }]);
};

describe('work: a job that is done', () => {
  it('is done once what it sends on is in its queue', async () => {
    await using home = await openShell();
    const outcome = await work(
      stageOf(async () => NEXT),
      home.lease,
      home.shell,
    );
    assert.deepEqual(outcome, { fate: 'done' });
    assert.equal(await home.sent(), 1);
    assert.deepEqual(await home.record(), home.document);
  });

  it('gets the parsed job, the ports and a signal', async () => {
    await using home = await openShell();
    const stage = stageOf(async (job, ports, signal) => {
      assert.deepEqual(job, aRef(home.document));
      assert.equal(ports, home.shell.ports);
      assert.equal(signal.aborted, false);
      return [];
    });
    assert.deepEqual(await work(stage, { ...home.lease, body: { ...aRef(home.document), extra: 1 } }, home.shell), {
      fate: 'done',
    });
  });

  it('is observed with its document and its time', async () => {
    await using home = await openShell();
    await work(
      stageOf(async () => []),
      home.lease,
      home.shell,
    );
    const [sight] = home.seen;
    assert.ok(sight?.name === 'job.settled' && sight.ms >= 0);
    const { ms: _, ...rest } = sight;
    assert.deepEqual(rest, { name: 'job.settled', stage: 'embed', fate: 'done', ...aRef(home.document) });
  });

  it('sends the same again when a crash has kept it from settling', async () => {
    await using home = await openShell();
    const stage = stageOf(async () => NEXT);
    await work(stage, home.lease, home.shell);
    await work(stage, { ...home.lease, receiveCount: 2 }, home.shell);
    assert.equal(await home.sent(), 2);
  });

  it('is done also the last time that it may come', async () => {
    await using home = await openShell();
    const outcome = await work(
      stageOf(async () => []),
      { ...home.lease, receiveCount: attempts },
      home.shell,
    );
    assert.deepEqual(outcome, { fate: 'done' });
  });
});

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
    const [sight] = home.seen;
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

describe('consume', () => {
  it('works a queue until it is to stop, and settles each job as it ended', async () => {
    await using home = await openShell();
    const stop = new AbortController();
    const bad = aDocument();
    await home.documents.create(bad);
    const jobs = [aRef(home.document), aRef(bad), aRef()];
    await home.queue.send(jobs.map((body) => ({ stage: 'embed', group: 'ada', body })));
    const stage = stageOf(async ({ documentId }) => {
      if (documentId === bad.documentId) throw new AppError('unreadable', 'It is broken.');
      return NEXT;
    });
    const observe = (sight: Sight) => {
      home.seen.push(sight);
      if (home.seen.length === jobs.length) stop.abort();
    };
    await consume(stage, { ...home.shell, observe, stopping: stop.signal });
    assert.deepEqual(await home.queue.depth('embed'), { visible: 0, inFlight: 0, delayed: 0, oldestSeconds: 0 });
    const { items } = await home.deadLetters.list('embed', 10);
    assert.deepEqual(
      items.map(({ body, reason }) => [body, reason]),
      [[aRef(bad), 'It is broken.']],
    );
    assert.equal((await home.documents.get(bad)).status, 'error');
    assert.equal(await home.sent(), 2);
  });
});
