import assert from 'node:assert/strict';
import { once } from 'node:events';
import { DONE, message, startWorker } from '../../../contract/job-queue.worker.ts';
import { startProcess } from './processes/process.ts';
import { counted, openQueue } from './queue.ts';

const startConsumer = async (file: string, { visibilitySeconds = 60 } = {}) => {
  const consumer = startProcess(new URL('./processes/consume.ts', import.meta.url), file, `${visibilitySeconds}`);
  assert.equal(await consumer.heard(), 'ready');
  return consumer;
};

describe('sqliteJobQueue among processes', function () {
  this.timeout(20_000);

  it('gives the jobs of a killed process again at once, to the next that starts', async () => {
    await using home = await openQueue();
    await home.queue.send([message('a'), message('b')]);
    await using consumer = await startConsumer(home.file);
    assert.deepEqual([await consumer.heard(), await consumer.heard()], [{ took: 'a' }, { took: 'b' }]);
    await consumer.kill();
    assert.equal((await home.queue.depth('embed')).inFlight, 2);
    await using worker = startWorker(home.queue, { slots: 2, outcomeOf: () => DONE });
    const again = await worker.held.take(2);
    assert.deepEqual(
      again.map(({ body, receiveCount }) => [body, receiveCount]),
      [
        ['a', 2],
        ['b', 2],
      ],
    );
  });

  it('takes the jobs of a frozen process, which drops them when it wakes', async () => {
    if (process.platform === 'win32') return; // cannot freeze a process
    await using home = await openQueue({ visibilitySeconds: 2 });
    await home.queue.send([message('a')]);
    await using consumer = await startConsumer(home.file, { visibilitySeconds: 2 });
    assert.deepEqual(await consumer.heard(), { took: 'a' });
    consumer.child.kill('SIGSTOP');
    await using worker = startWorker(home.queue);
    const taken = await worker.held.next();
    assert.equal(taken.receiveCount, 2);
    consumer.child.kill('SIGCONT');
    assert.deepEqual(await consumer.heard(), { lost: 'a' });
    assert.equal(taken.signal.aborted, false);
    consumer.tell('stop');
    await once(consumer.child, 'exit');
    taken.settle(DONE);
    await worker.stop();
    assert.deepEqual(counted(home.database), { visible: 0, inFlight: 0, delayed: 0 });
  });

  it('takes nothing from a process that works on, when another starts', async () => {
    await using home = await openQueue();
    await home.queue.send([message('a')]);
    await using consumer = await startConsumer(home.file);
    assert.deepEqual(await consumer.heard(), { took: 'a' });
    await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
    await home.queue.send([message('b', { stage: 'embed' })]);
    consumer.tell('stop');
    const bodies = (await worker.held.take(2)).map(({ body, receiveCount }) => [body, receiveCount]);
    assert.deepEqual(bodies.toSorted(), [
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('waits while another process holds the write lock, and goes on', async () => {
    await using home = await openQueue();
    await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
    await home.queue.send([message('before')]);
    await worker.held.next();
    await using holder = startProcess(new URL('./processes/hold-lock.ts', import.meta.url), home.file);
    await holder.heard();
    const sending = home.queue.send([message('during')]);
    holder.tell('release');
    await sending;
    assert.equal((await worker.held.next()).body, 'during');
  });

  it('starts while another process keeps the write lock for too long, and works once it is free', async () => {
    await using home = await openQueue({ patienceMs: 50 });
    await home.queue.send([message('a')]);
    await using holder = startProcess(new URL('./processes/hold-lock.ts', import.meta.url), home.file);
    await holder.heard();
    await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
    for (const body of ['b', 'c', 'd']) {
      await assert.rejects(home.queue.send([message(body)]), { code: 'unavailable' });
    }
    holder.tell('release');
    assert.equal((await worker.held.next()).body, 'a');
  });
});
