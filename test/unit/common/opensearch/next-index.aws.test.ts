import assert from 'node:assert/strict';
import { chunk, found, SETTINGS } from '../../../contract/search-index.place.ts';
import { askOpenSearch, type TemporaryIndex, temporaryIndex } from '../../../support/aws/temporary-index.ts';

const MANUAL = { userId: 'alice', documentId: 'manual' };

/** What is behind the aliases. */
const indicesOf = async ({ name }: TemporaryIndex) => {
  const found = (await askOpenSearch('GET', `/_alias/${name},${name}-next`)) as Record<string, { aliases: object }>;
  const indices = Object.entries(found).filter(([index]) => index.startsWith(name));
  return Object.fromEntries(indices.map(([index, { aliases }]) => [index, Object.keys(aliases)]));
};

for (const service of ['none', 'aoss'] as const) {
  describe(`building the next index in OpenSearch (${service})`, () => {
    it('fills it unseen, and puts it in the place of the old one for everybody at once', async () => {
      await using place = await temporaryIndex(service);
      await using index = await place.open(SETTINGS);
      await using other = await place.open(SETTINGS);
      await index.put([chunk('the old pump')]);
      const next = await index.rebuild.begin();
      await next.put([chunk('the new pump')]);
      await place.settled();
      assert.deepEqual((await found(other, { text: 'pump' })).keyword, ['the old pump']);
      await next.publish();
      assert.deepEqual((await found(other, { text: 'pump' })).keyword, ['the new pump']);
      assert.deepEqual(await indicesOf(place), { [`${place.name}-2`]: [place.name] });
      assert.equal(((await askOpenSearch('GET', `/${place.name}-1`)) as { status?: number }).status, 404);
    });

    it('does not go on with one that was begun for another model', async () => {
      await using place = await temporaryIndex(service);
      await using index = await place.open(SETTINGS);
      const first = await index.rebuild.begin();
      await first.put([chunk('kept')]);
      const _meta = { model: 'another', dimension: SETTINGS.dimension, schema: 1 };
      await askOpenSearch('PUT', `/${first.name}/_mapping`, { _meta });
      const anew = await index.rebuild.begin();
      await anew.publish();
      assert.deepEqual(await index.chunkIds(MANUAL), []);
    });

    it('refuses to publish after another run has', async () => {
      await using place = await temporaryIndex(service);
      await using index = await place.open(SETTINGS);
      const [one, two] = [await index.rebuild.begin(), await index.rebuild.begin()];
      await one.publish();
      await assert.rejects(two.publish(), { code: 'conflict', message: /Another run/ });
      assert.deepEqual(await indicesOf(place), { [`${place.name}-2`]: [place.name] });
    });

    it('removes what a run has left that was killed between its last two steps', async () => {
      await using place = await temporaryIndex(service);
      await using index = await place.open(SETTINGS);
      await (await index.rebuild.begin()).publish();
      await askOpenSearch('PUT', `/${place.name}-1`);
      await index.rebuild.begin();
      assert.equal(((await askOpenSearch('GET', `/${place.name}-1`)) as { status?: number }).status, 404);
    });
  });
}
