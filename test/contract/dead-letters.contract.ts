import assert from 'node:assert/strict';
import type { StageName } from '../../common/domain/stage-name.ts';
import type { Open } from '../support/temporary.ts';
import { BURIED, DONE, message, NOTHING, type QueueParts, startWorker } from './job-queue.worker.ts';

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
