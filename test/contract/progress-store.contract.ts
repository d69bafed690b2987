import assert from 'node:assert/strict';
import type { ProgressStore } from '../../common/ports/progress-store.ts';
import { aRef } from '../support/documents.ts';
import type { Open } from '../support/temporary.ts';

const PLAN = { batchCount: 3, chunkCount: 250 };

/** What every ProgressStore promises; `open` gives an empty one. */
export const progressStoreContract = (adapter: string, open: Open<ProgressStore>) =>
  describe(`ProgressStore: ${adapter}`, () => {
    it('begins with nothing done', async () => {
      await using progress = await open();
      const begun = await progress.begin(aRef(), PLAN);
      const { startedAt, updatedAt, ...rest } = begun;
      assert.deepEqual(rest, { ...PLAN, embedded: 0, indexed: 0 });
      assert.equal(startedAt, updatedAt);
      assert.equal(new Date(startedAt).toISOString(), startedAt);
    });

    it('holds to the first plan, whatever a rerun plans', async () => {
      await using progress = await open();
      const ref = aRef();
      const first = await progress.begin(ref, PLAN);
      await progress.mark(ref, 'embed', 0);
      const again = await progress.begin(ref, { batchCount: 9, chunkCount: 900 });
      assert.deepEqual({ ...again, updatedAt: '' }, { ...first, embedded: 1, updatedAt: '' });
      assert.deepEqual(await progress.get(ref), again);
    });

    it('commits one plan of many that come at the same time, and tells it to all', async () => {
      await using progress = await open();
      const ref = aRef();
      const plans = Array.from({ length: 20 }, (_, n) => ({ batchCount: n + 1, chunkCount: n + 1 }));
      const told = await Promise.all(plans.map((plan) => progress.begin(ref, plan)));
      assert.equal(new Set(told.map(({ batchCount }) => batchCount)).size, 1);
      assert.equal((await progress.get(ref))?.batchCount, told[0]?.batchCount);
    });

    it('commits a plan of no batches', async () => {
      await using progress = await open();
      const { batchCount, chunkCount } = await progress.begin(aRef(), { batchCount: 0, chunkCount: 0 });
      assert.deepEqual([batchCount, chunkCount], [0, 0]);
    });

    it('counts each batch once for each stage, in any order', async () => {
      await using progress = await open();
      const ref = aRef();
      const { startedAt } = await progress.begin(ref, PLAN);
      for (const batch of [2, 0, 2, 2]) await progress.mark(ref, 'embed', batch);
      const { embedded, indexed } = await progress.mark(ref, 'index', 2);
      assert.deepEqual([embedded, indexed], [2, 1]);
      const marked = await progress.mark(ref, 'embed', 1);
      assert.deepEqual([marked.embedded, marked.indexed, marked.startedAt], [3, 1, startedAt]);
      assert.ok(marked.updatedAt >= startedAt);
      assert.deepEqual(await progress.get(ref), marked);
    });

    it('lets the one who completes the set see it full, of many at the same time', async () => {
      await using progress = await open();
      const ref = aRef();
      await progress.begin(ref, { batchCount: 40, chunkCount: 4_000 });
      const batches = Array.from({ length: 40 }, (_, batch) => batch);
      const twice = [...batches, ...batches.toReversed()];
      const seen = await Promise.all(twice.map((batch) => progress.mark(ref, 'index', batch)));
      assert.ok(seen.some(({ indexed }) => indexed === 40));
      assert.ok(seen.every(({ indexed }) => indexed >= 1 && indexed <= 40));
      assert.equal((await progress.mark(ref, 'index', 7)).indexed, 40, 'who comes again sees it full too');
    });

    it('keeps generations and documents apart', async () => {
      await using progress = await open();
      const ref = aRef();
      const [next, other] = [{ ...ref, generation: 2 }, aRef()];
      for (const each of [ref, next, other]) await progress.begin(each, PLAN);
      await progress.mark(ref, 'embed', 0);
      assert.equal((await progress.get(next))?.embedded, 0);
      assert.equal((await progress.get(other))?.embedded, 0);
      await progress.remove(ref);
      assert.equal(await progress.get(ref), undefined);
      assert.ok((await progress.get(next)) !== undefined);
    });

    it('throws stale for a mark before there is a plan, and after it is gone', async () => {
      await using progress = await open();
      const ref = aRef();
      await assert.rejects(progress.mark(ref, 'embed', 0), { code: 'stale' });
      assert.equal(await progress.get(ref), undefined);
      await progress.begin(ref, PLAN);
      await progress.remove(ref);
      await assert.rejects(progress.mark(ref, 'embed', 0), { code: 'stale' });
    });

    it('removes, again and what was never there, and starts over with nothing done', async () => {
      await using progress = await open();
      const ref = aRef();
      await progress.begin(ref, PLAN);
      await progress.mark(ref, 'embed', 0);
      await progress.remove(ref);
      await progress.remove(ref);
      await progress.remove(aRef());
      assert.equal((await progress.begin(ref, PLAN)).embedded, 0);
      assert.equal((await progress.mark(ref, 'embed', 0)).embedded, 1);
    });
  });
