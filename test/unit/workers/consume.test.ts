import assert from 'node:assert/strict';
import { AppError } from '../../../common/domain/errors.ts';
import type { Sight } from '../../../common/runtime/sight.ts';
import { consume, work } from '../../../workers/consume.ts';
import { aDocument, aRef } from '../../support/documents.ts';
import { attempts, NEXT, openShell, stageOf } from './shell.ts';

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
    const [begun, sight] = home.seen;
    assert.deepEqual(begun, { name: 'job.begun', stage: 'embed' });
    assert.ok(sight?.name === 'job.settled' && sight.ms >= 0);
    const { ms: _, ...rest } = sight;
    assert.deepEqual(rest, {
      name: 'job.settled',
      stage: 'embed',
      fate: 'done',
      receiveCount: 1,
      ...aRef(home.document),
    });
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
      if (sight.name === 'job.settled') home.seen.push(sight);
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
