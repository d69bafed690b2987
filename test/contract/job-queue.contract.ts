import assert from 'node:assert/strict';
import type { StageName } from '../../common/domain/stage-name.ts';
import type { Lease } from '../../common/ports/job-queue.ts';
import type { Open } from '../support/temporary.ts';
import { leasesContract } from './job-queue.leases.ts';
import { DONE, FAILED, inbox, message, NOTHING, type QueueParts, startWorker } from './job-queue.worker.ts';

/** What every JobQueue promises; `open` gives empty ones. */
export const jobQueueContract = (adapter: string, open: Open<QueueParts>) =>
  describe(`JobQueue: ${adapter}`, function () {
    this.timeout(20_000);

    it('delivers what was sent, to a worker that was waiting and to one that comes later', async () => {
      await using home = await open();
      const body = { userId: 'ada', generation: 1, text: 'grün "😀" \u0000\u2028', list: [null, 1.5, true, {}] };
      await home.queue.send([message(body, { group: 'ada / ☃' })]);
      await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
      for (const _ of ['later', 'waiting']) {
        const { stage, body: delivered, group, receiveCount } = await worker.held.next();
        const expected = { stage: 'embed', body, group: 'ada / ☃', receiveCount: 1 };
        assert.deepEqual({ stage, body: delivered, group, receiveCount }, expected);
        await home.queue.send([message(body, { group: 'ada / ☃' })]);
      }
    });

    it('delivers what another process sends', async () => {
      await using home = await open();
      await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
      await home.elsewhere.send([message('from elsewhere')]);
      assert.equal((await worker.held.next()).body, 'from elsewhere');
    });

    it('keeps stages apart, and sends to several at once', async () => {
      await using home = await open();
      const stages: StageName[] = ['extract', 'embed', 'index'];
      await home.queue.send([]);
      await home.queue.send(stages.map((stage) => message(`for ${stage}`, { stage })));
      for (const stage of stages) {
        await using worker = startWorker(home.queue, { stage, slots: 2, outcomeOf: () => DONE });
        const lease = await worker.held.next();
        assert.deepEqual([lease.stage, lease.body], [stage, `for ${stage}`]);
        await worker.stop();
        assert.deepEqual(await home.queue.depth(stage), NOTHING);
      }
    });

    it('forgets what is done, and what is dropped as overtaken', async () => {
      await using home = await open();
      await home.queue.send([message('done'), message('drop')]);
      const worker = startWorker(home.queue, {
        outcomeOf: ({ body }) => (body === 'done' ? DONE : { fate: 'drop', code: 'stale', reason: 'Overtaken.' }),
      });
      await worker.held.take(2);
      await worker.stop();
      assert.deepEqual(await home.queue.depth('embed'), NOTHING);
      assert.equal(await home.deadLetters.count('embed'), 0);
    });

    it('tells how many messages are visible, in flight and delayed, and how old the oldest is', async () => {
      await using home = await open();
      assert.deepEqual(await home.queue.depth('embed'), NOTHING);
      const started = Date.now();
      await home.queue.send([message(1), message(2), message(3), message(4, { delaySeconds: 900 })]);
      await using worker = startWorker(home.queue);
      const job = await worker.held.next();
      const { oldestSeconds, ...counts } = await home.queue.depth('embed');
      assert.deepEqual(counts, { visible: 2, inFlight: 1, delayed: 1 });
      assert.ok(oldestSeconds >= 0 && oldestSeconds <= (Date.now() - started) / 1_000);
      job.settle(DONE);
      for (let n = 0; n < 2; n += 1) (await worker.held.next()).settle(DONE);
      await worker.stop();
      const { oldestSeconds: _, ...left } = await home.queue.depth('embed');
      assert.deepEqual(left, { visible: 0, inFlight: 0, delayed: 1 });
    });

    it('holds a message back for its delay, and lets later ones pass', async () => {
      await using home = await open();
      await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
      const sent = Date.now();
      await home.queue.send([message('delayed', { delaySeconds: 1 })]);
      await home.queue.send([message('at once')]);
      assert.equal((await worker.held.next()).body, 'at once');
      assert.equal((await worker.held.next()).body, 'delayed');
      assert.ok(Date.now() - sent >= 1_000);
    });

    it('never works on more than its slots, and fills them all', async () => {
      await using home = await open();
      await home.queue.send(Array.from({ length: 10 }, (_, n) => message(n)));
      await using worker = startWorker(home.queue, { slots: 3 });
      let held = await worker.held.take(3);
      for (let left = 7; left > 0; left -= 1) {
        assert.deepEqual(await home.queue.depth('embed').then((depth) => depth.inFlight), held.length);
        const [first, ...others] = held;
        first?.settle(DONE);
        held = [...others, await worker.held.next()];
      }
      for (const job of held) job.settle(DONE);
    });

    it('lets a slow message hold up nobody but its slot', async () => {
      await using home = await open();
      const bodies = Array.from({ length: 21 }, (_, n) => n);
      await home.queue.send(bodies.map((body) => message(body)));
      await using worker = startWorker(home.queue, { slots: 2 });
      const slow = await worker.held.next();
      const others: unknown[] = [];
      for (let n = 0; n < 20; n += 1) {
        const job = await worker.held.next();
        others.push(job.body);
        job.settle(DONE);
      }
      assert.deepEqual(new Set([slow.body, ...others]), new Set(bodies));
      slow.settle(DONE);
    });

    it('delivers each of 1,000 messages to one of four workers, the failing ones again', async () => {
      await using home = await open();
      const bodies = Array.from({ length: 1_000 }, (_, n) => n);
      const done: unknown[] = [];
      const all = inbox<true>();
      const options = {
        slots: 5,
        outcomeOf: ({ body, receiveCount }: Lease) => {
          if (Number(body) % 100 === 7 && receiveCount === 1) return FAILED;
          done.push(body);
          if (new Set(done).size === bodies.length) all.put(true);
          return DONE;
        },
      };
      const workers = [home.queue, home.queue, home.elsewhere, home.elsewhere].map((queue) =>
        startWorker(queue, options),
      );
      for (let n = 0; n < 1_000; n += 50) {
        await home.queue.send(bodies.slice(n, n + 50).map((body) => message(body, { group: `user ${body % 13}` })));
      }
      await all.next();
      await Promise.all(workers.map((worker) => worker.stop()));
      assert.deepEqual(new Set(done), new Set(bodies));
      assert.deepEqual(await home.queue.depth('embed'), NOTHING);
    });

    leasesContract(open);
  });
