import assert from 'node:assert/strict';
import type { IndexRebuild } from '../../common/ports/index-rebuild.ts';
import type { SearchIndex } from '../../common/ports/search-index.ts';
import { chunk, found, SETTINGS } from './search-index.place.ts';

export interface RebuiltPlace extends AsyncDisposable {
  open(settings: typeof SETTINGS): Promise<SearchIndex & AsyncDisposable & { readonly rebuild: IndexRebuild }>;
  settled(): Promise<void>;
}

const MANUAL = { userId: 'alice', documentId: 'manual' };
const LETTER = { userId: 'alice', documentId: 'letter' };

/** What every IndexRebuild promises; `start` gives an empty index, which may be opened as often as a test likes. */
export const indexRebuildContract = (adapter: string, start: () => Promise<RebuiltPlace>) =>
  describe(`IndexRebuild: ${adapter}`, () => {
    it('shows what was put into it to everybody, once it is published', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await using other = await place.open(SETTINGS);
      const next = await index.rebuild.begin();
      await next.put([chunk('the new pump')]);
      await next.publish();
      await place.settled();
      assert.deepEqual((await found(other, { text: 'pump' })).keyword, ['the new pump']);
    });

    it('deletes and describes in it whatever any process deletes and describes', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await using other = await place.open(SETTINGS);
      const next = await index.rebuild.begin();
      await next.put([chunk('deleted'), chunk('described', LETTER)]);
      await place.settled();
      await other.delete(MANUAL);
      await other.describe(LETTER, { tags: ['new'], isPublic: true });
      await next.publish();
      await place.settled();
      assert.deepEqual((await found(index, { by: 'bob', filters: { tags: ['new'] } })).semantic, ['described']);
      assert.deepEqual(await index.chunkIds(MANUAL), []);
    });

    it('deletes and describes what it was given just before', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const next = await index.rebuild.begin();
      await next.put([chunk('deleted'), chunk('described', LETTER)]);
      await next.delete(MANUAL, 1);
      await next.describe(LETTER, { tags: ['new'], isPublic: false });
      await next.publish();
      await place.settled();
      assert.deepEqual((await found(index, { filters: { tags: ['new'] } })).semantic, ['described']);
      assert.deepEqual(await index.chunkIds(MANUAL), []);
    });

    it('goes on with the one that a run has left', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const left = await index.rebuild.begin();
      await left.put([chunk('by the first run')]);
      const next = await index.rebuild.begin();
      assert.equal(next.name, left.name);
      await next.publish();
      await place.settled();
      assert.equal((await index.chunkIds(MANUAL)).length, 1);
    });

    it('takes nothing from search and writing while it is filled', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the old pump')]);
      const next = await index.rebuild.begin();
      await index.put([chunk('the old valve', { documentId: 'letter' })]);
      await place.settled();
      assert.deepEqual((await found(index, { text: 'old' })).keyword.sort(), ['the old pump', 'the old valve']);
      await next.publish();
    });
  });
