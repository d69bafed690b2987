import assert from 'node:assert/strict';
import type { Open } from '../support/temporary.ts';
import { DONE, message, type QueueParts, startWorker } from './job-queue.worker.ts';

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
