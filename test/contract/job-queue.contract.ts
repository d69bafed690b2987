import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { StageName } from '../../common/domain/stage-name.ts';
import type { DeadLetters } from '../../common/ports/dead-letters.ts';
import type { JobQueue, Lease } from '../../common/ports/job-queue.ts';
import type { Open } from '../support/temporary.ts';
import { BURIED, DONE, FAILED, inbox, message, startWorker } from './job-queue.worker.ts';

export interface QueueParts {
  readonly queue: JobQueue;
  readonly deadLetters: DeadLetters;
  /** The same queues, as another process sees them. */
  readonly elsewhere: JobQueue;
  /** Of every stage: short, for tests wait for it. */
  readonly visibilitySeconds: number;
  /** Ends all leases, as if their holders had been frozen for the visibility timeout. */
  readonly lapse: () => Promise<void>;
}

const NOTHING = { visible: 0, inFlight: 0, delayed: 0, oldestSeconds: 0 };

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
      await home.queue.send([message('slow'), ...Array.from({ length: 20 }, (_, n) => message(n))]);
      await using worker = startWorker(home.queue, { slots: 2 });
      const slow = await worker.held.next();
      for (let n = 0; n < 20; n += 1) (await worker.held.next()).settle(DONE);
      assert.equal(slow.body, 'slow');
      slow.settle(DONE);
    });

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
      const bodies = (await next.held.take(2)).map((job) => {
        job.settle(DONE);
        return job.body;
      });
      assert.deepEqual(bodies.toSorted(), [3, 4]);
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
  });

/** What DeadLetters promise beside their JobQueue. */
export const deadLettersContract = (adapter: string, open: Open<QueueParts>) =>
  describe(`DeadLetters: ${adapter}`, function () {
    this.timeout(20_000);

    const bury = async (home: QueueParts, bodies: readonly unknown[], stage: StageName = 'embed') => {
      const worker = startWorker(home.queue, { stage, outcomeOf: () => BURIED });
      for (const body of bodies) {
        await home.queue.send([message(body, { stage })]);
        await worker.held.next();
      }
      await worker.stop();
    };

    it('keeps what was buried with its reason', async () => {
      await using home = await open();
      const before = new Date().toISOString();
      await bury(home, [{ userId: 'ada' }]);
      const { items, ...rest } = await home.deadLetters.list('embed', 10);
      const [letter] = items;
      assert.ok(letter !== undefined && letter.buriedAt >= before && letter.buriedAt <= new Date().toISOString());
      const { buriedAt, ...kept } = letter;
      const { code, reason } = BURIED;
      assert.deepEqual(kept, { body: { userId: 'ada' }, code, reason, receiveCount: 1 });
      assert.deepEqual(rest, {});
      assert.deepEqual(await home.queue.depth('embed'), NOTHING);
    });

    it('counts and lists by stage', async () => {
      await using home = await open();
      await bury(home, [1, 2]);
      await bury(home, [3], 'extract');
      const counts = [];
      for (const stage of ['extract', 'embed', 'index'] as const) counts.push(await home.deadLetters.count(stage));
      assert.deepEqual(counts, [1, 2, 0]);
      assert.deepEqual(await home.deadLetters.list('index', 10), { items: [] });
    });

    it('lists the newest first, page by page', async () => {
      await using home = await open();
      await bury(home, [1, 2, 3, 4, 5]);
      const pages: unknown[][] = [];
      let cursor: string | undefined;
      do {
        const page = await home.deadLetters.list('embed', 2, cursor);
        pages.push(page.items.map(({ body }) => body));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      assert.deepEqual(pages, [[5, 4], [3, 2], [1]]);
    });

    it('sends all of a stage back, to be received anew', async () => {
      await using home = await open();
      await bury(home, [1, 2, 3]);
      await bury(home, [4], 'extract');
      assert.equal(await home.deadLetters.redrive('embed'), 3);
      assert.deepEqual([await home.deadLetters.count('embed'), await home.deadLetters.count('extract')], [0, 1]);
      await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
      const again = await worker.held.take(3);
      assert.deepEqual(again.map(({ body }) => body).toSorted(), [1, 2, 3]);
      for (const { receiveCount, group } of again) assert.deepEqual([receiveCount, group], [1, 'ada']);
    });

    it('sends nothing back where nothing is', async () => {
      await using home = await open();
      assert.equal(await home.deadLetters.redrive('embed'), 0);
    });

    it('buries again what is still broken after it was sent back', async () => {
      await using home = await open();
      await bury(home, ['broken']);
      const worker = startWorker(home.queue, { outcomeOf: () => BURIED });
      assert.equal(await home.deadLetters.redrive('embed'), 1);
      await worker.held.next();
      await worker.stop();
      assert.equal(await home.deadLetters.count('embed'), 1);
    });
  });

/** What a JobQueue promises whose groups take turns exactly, however few messages are in flight. */
export const fairTurnsContract = (adapter: string, open: Open<QueueParts>) =>
  describe(`JobQueue, fair turns: ${adapter}`, () => {
    it('lets a few messages pass between the many of another group, in their order', async () => {
      await using home = await open();
      await home.queue.send(Array.from({ length: 100 }, (_, n) => message(`ada ${n}`)));
      await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
      await worker.held.take(5);
      await home.queue.send(Array.from({ length: 5 }, (_, n) => message(`bob ${n}`, { group: 'bob' })));
      const order = (await worker.held.take(100)).map(({ body }) => String(body));
      const bobs = order.filter((body) => body.startsWith('bob'));
      assert.deepEqual(bobs, ['bob 0', 'bob 1', 'bob 2', 'bob 3', 'bob 4']);
      assert.ok(order.indexOf('bob 4') < 60, `bob waited for ${order.indexOf('bob 4')} of ada's`);
    });

    it('lets no group save turns up while it is away', async () => {
      await using home = await open();
      await home.queue.send([message('bob early', { group: 'bob' })]);
      await home.queue.send(Array.from({ length: 50 }, (_, n) => message(`ada ${n}`)));
      await using worker = startWorker(home.queue);
      for (let n = 0; n < 31; n += 1) (await worker.held.next()).settle(DONE);
      const held = await worker.held.next();
      await home.queue.send(Array.from({ length: 20 }, (_, n) => message(`bob ${n}`, { group: 'bob' })));
      held.settle(DONE);
      const turns = [];
      for (let n = 0; n < 10; n += 1) {
        const job = await worker.held.next();
        turns.push(job.group);
        job.settle(DONE);
      }
      const bobs = turns.filter((group) => group === 'bob').length;
      assert.ok(bobs >= 4 && bobs <= 6, turns.join());
      await worker.stop();
    });
  });
