import assert from 'node:assert/strict';
import { openSearchIndex } from '../../../../common/adapters/aws/opensearch/opensearch-index.ts';
import { ask, chunk, SETTINGS, vectorAlong } from '../../../contract/search-index.place.ts';
import { askOpenSearch, temporaryIndex } from '../../../support/aws/temporary-index.ts';

const MANUAL = { userId: 'alice', documentId: 'manual' };

const countIn = async (name: string): Promise<number> =>
  ((await askOpenSearch('GET', `/${name}/_count`)) as { count: number }).count;

describe('an index in a Serverless collection', () => {
  it('keeps the copies that two processes wrote apart from each other, until one pages through the document', async () => {
    await using place = await temporaryIndex('aoss');
    await using one = await place.open(SETTINGS);
    await using two = await place.open(SETTINGS);
    const chunks = Array.from({ length: 30 }, (_, chunkIndex) => chunk(`pump ${chunkIndex}`, { chunkIndex }));
    await one.put(chunks);
    await two.put(chunks); // cannot see the other's yet
    await place.settled();
    assert.equal(await countIn(place.name), 60);
    const [ids, again] = await Promise.all([one.chunkIds(MANUAL, 1), two.chunkIds(MANUAL, 1)]);
    assert.deepEqual([new Set(ids).size, ids.length, again.length], [30, 30, 30]);
    await place.settled();
    assert.equal(await countIn(place.name), 30);
    assert.equal((await one.chunkIds(MANUAL)).length, 30);
  });

  it('replaces at once what another process has written and the index shows', async () => {
    await using place = await temporaryIndex('aoss');
    await using one = await place.open(SETTINGS);
    await using two = await place.open(SETTINGS);
    await one.put([chunk('the old pump', { chunkId: 'one' })]);
    await place.settled();
    await two.put([chunk('the new pump', { chunkId: 'one' })]);
    await place.settled();
    assert.equal(await countIn(place.name), 1);
    assert.equal((await ask(one, { text: 'pump' })).keyword[0]?.content, 'the new pump');
  });

  it('pages through copies, more than a page of them, without losing a chunk', async () => {
    await using place = await temporaryIndex('aoss');
    const chunks = Array.from({ length: 700 }, (_, chunkIndex) => chunk(`pump ${chunkIndex}`, { chunkIndex }));
    for (let round = 0; round < 3; round++) {
      await using index = await place.open(SETTINGS);
      await index.put(chunks);
    }
    await place.settled();
    await using index = await place.open(SETTINGS);
    const ids = await index.chunkIds(MANUAL);
    assert.deepEqual(ids, chunks.map(({ chunkId }) => chunkId).sort());
    await place.settled();
    assert.equal(await countIn(place.name), 700);
  });

  it('counts a chunk with several copies once when it deletes it, and not again before the index has refreshed', async () => {
    await using place = await temporaryIndex('aoss');
    await using one = await place.open(SETTINGS);
    await using two = await place.open(SETTINGS);
    for (const index of [one, two]) await index.put([chunk('the pump'), chunk('the valve')]);
    await place.settled();
    await using three = await place.open(SETTINGS);
    assert.equal(await three.delete(MANUAL), 2);
    assert.equal(await three.delete(MANUAL), 0);
    await place.settled();
    assert.equal(await countIn(place.name), 0);
  });

  it('describes and deletes what this process wrote, though nobody can see it yet', async () => {
    await using place = await temporaryIndex('aoss');
    await using index = await place.open(SETTINGS);
    await index.put([chunk('the pump'), chunk('another pump', { documentId: 'plan' })]);
    await index.describe(MANUAL, { tags: ['new'], isPublic: true });
    assert.equal(await index.delete({ userId: 'alice', documentId: 'plan' }), 1);
    await place.settled();
    const { semantic } = await ask(index, { by: 'bob', vector: vectorAlong(0), filters: { tags: ['new'] } });
    assert.deepEqual(
      semantic.map(({ content }) => content),
      ['the pump'],
    );
    assert.equal(await countIn(place.name), 1);
  });

  it('says how late it shows what was written, and a domain says it shows it sooner', async () => {
    await using collection = await temporaryIndex('aoss');
    await using domain = await temporaryIndex('none');
    await using late = await collection.open(SETTINGS);
    await using soon = await domain.open(SETTINGS);
    assert.ok(late.refreshSeconds >= 60 && soon.refreshSeconds > 0 && soon.refreshSeconds < 10);
    await using told = await openSearchIndex({ ...domain.settings, ...SETTINGS, refreshSeconds: 2 });
    assert.equal(told.refreshSeconds, 2);
  });
});
