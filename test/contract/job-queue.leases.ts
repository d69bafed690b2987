import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Lease } from '../../common/ports/job-queue.ts';
import type { Open } from '../support/temporary.ts';
import { DONE, FAILED, inbox, message, NOTHING, type QueueParts, startWorker } from './job-queue.worker.ts';

export const leasesContract = (open: Open<QueueParts>) =>
  describe('leases', () => {
    it('gives a returned message again, counting its receives, and lets others pass meanwhile', async () => {
      await using home = await open();
      await home.queue.send([message('failing')]);
      await using worker = startWorker(home.queue);
      (await worker.held.next()).settle(FAILED);
      await home.queue.send([message('other')]);
      const other = await worker.held.next();
      assert.equal(other.body, 'other');
      other.settle(DONE);
      const again = await worker.held.next();
      assert.deepEqual([again.body, again.receiveCount], ['failing', 2]);
      again.settle(DONE);
    });

    it('gives a message again whose work threw, once its lease has lapsed', async () => {
      await using home = await open();
      await home.queue.send([message('throws')]);
      const seen = inbox<Lease>();
      const stopping = new AbortController();
      const running = home.queue.consume('embed', { slots: 1, stopping: stopping.signal }, async (lease) => {
        seen.put(lease);
        if (lease.receiveCount === 1) throw new Error('a bug');
        return DONE;
      });
      const [first, second] = await seen.take(2);
      assert.deepEqual([first?.receiveCount, second?.receiveCount], [1, 2]);
      stopping.abort();
      await running;
    });

    it('keeps the lease of a long job by heartbeats: nobody else gets it', async () => {
      await using home = await open();
      await home.queue.send([message('long')]);
      await using holder = startWorker(home.queue);
      const long = await holder.held.next();
      await using other = startWorker(home.elsewhere, { slots: 2, outcomeOf: () => DONE });
      await home.queue.send([message('much later', { delaySeconds: 2 * home.visibilitySeconds })]);
      assert.equal((await other.held.next()).body, 'much later');
      assert.equal(long.signal.aborted, false);
      long.settle(DONE);
      await Promise.all([holder.stop(), other.stop()]);
      assert.deepEqual(await home.queue.depth('embed'), NOTHING);
    });

    it('aborts the work whose lease was lost, and gives its message to another worker', async () => {
      await using home = await open();
      await home.queue.send([message('contended')]);
      await using holder = startWorker(home.queue);
      const lost = await holder.held.next();
      await using other = startWorker(home.elsewhere);
      await home.lapse();
      const taken = await other.held.next();
      assert.deepEqual([taken.body, taken.receiveCount], ['contended', 2]);
      if (!lost.signal.aborted) await once(lost.signal, 'abort');
      lost.settle({ fate: 'return', code: 'unavailable', reason: 'The lease is lost.' });
      taken.settle(DONE);
      await Promise.all([holder.stop(), other.stop()]);
      assert.deepEqual(await home.queue.depth('embed'), NOTHING);
    });

    it('takes no more once it is stopping, and waits for what is under way', async () => {
      await using home = await open();
      await home.queue.send([message(1), message(2), message(3)]);
      const worker = startWorker(home.queue, { slots: 2 });
      const held = await worker.held.take(2);
      let stopped = false;
      const stopping = worker.stop().then(() => {
        stopped = true;
      });
      held[0]?.settle(DONE);
      await home.queue.send([message(4)]);
      await using next = startWorker(home.queue, { slots: 2 });
      const taken = held.map((job) => job.body);
      const bodies = (await next.held.take(2)).map((job) => {
        job.settle(DONE);
        return job.body;
      });
      assert.deepEqual([...taken, ...bodies].toSorted(), [1, 2, 3, 4]);
      assert.equal(stopped, false);
      held[1]?.settle(DONE);
      await stopping;
    });

    it('ends at once when it is stopping already, and when there is nothing to do', async () => {
      await using home = await open();
      await startWorker(home.queue).stop();
      await home.queue.send([message('not taken')]);
      await home.queue.consume('embed', { slots: 1, stopping: AbortSignal.abort() }, async () => assert.fail());
      assert.equal((await home.queue.depth('embed')).visible, 1);
    });
  });
