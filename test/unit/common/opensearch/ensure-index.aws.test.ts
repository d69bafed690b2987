import assert from 'node:assert/strict';
import { codeOf } from '../../../../common/domain/errors.ts';
import { askOpenSearch, temporaryIndex } from '../../../support/aws/temporary-index.ts';

const KIND = { model: 'a model', dimension: 2 };

describe('opening an index in OpenSearch', () => {
  for (const service of ['none', 'aoss'] as const) {
    it(`lets many start at once (${service})`, async () => {
      await using place = await temporaryIndex(service);
      await using stack = new AsyncDisposableStack();
      const openings = Array.from({ length: 8 }, async () => stack.use(await place.open(KIND)));
      await Promise.all(openings);
      const found = (await askOpenSearch('GET', `/${place.name}/_alias`)) as object;
      assert.deepEqual(found, { [`${place.name}-1`]: { aliases: { [place.name]: {} } } });
    });
  }

  it('follows the alias to whichever index it leads to', async () => {
    await using place = await temporaryIndex('none');
    await using first = await place.open(KIND);
    const two = `${place.name}-2`;
    try {
      const found = (await askOpenSearch('GET', `/${place.name}/_mapping`)) as Record<string, { mappings: object }>;
      const { mappings } = found[`${place.name}-1`] ?? {};
      const settings = { index: { knn: true }, analysis: { analyzer: { terms: { tokenizer: 'whitespace' } } } };
      await askOpenSearch('PUT', `/${two}`, { settings, mappings });
      const swap = [
        { remove: { index: `${place.name}-1`, alias: place.name } },
        { add: { index: two, alias: place.name } },
      ];
      await askOpenSearch('POST', '/_aliases', { actions: swap });
      await using second = await place.open(KIND);
      assert.deepEqual(await second.chunkIds({ userId: 'alice', documentId: 'manual' }), []);
      assert.deepEqual(await first.chunkIds({ userId: 'alice', documentId: 'manual' }), []);
    } finally {
      await askOpenSearch('DELETE', `/${two}`);
    }
  });

  for (const [what, prepare, message] of [
    [
      'an index under the name of the alias',
      (name: string) => askOpenSearch('PUT', `/${name}`),
      /names an index.*Delete/,
    ],
    ['an index that the alias does not lead to', (name: string) => askOpenSearch('PUT', `/${name}-1`), /Add the alias/],
    [
      'an index of another program',
      (name: string) => askOpenSearch('PUT', `/${name}-1`, { aliases: { [name]: {} } }),
      /not this program's/,
    ],
  ] as const) {
    it(`refuses ${what}, and says what to do`, async () => {
      await using place = await temporaryIndex('none');
      await prepare(place.name);
      try {
        await assert.rejects(place.open(KIND), (error: Error) => {
          assert.equal(codeOf(error), 'conflict');
          assert.match(error.message, message);
          return true;
        });
      } finally {
        await askOpenSearch('DELETE', `/${place.name}`);
      }
    });
  }
});
