import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { indexBody } from '../../../../common/adapters/aws/opensearch/mapping.ts';
import { askOpenSearch } from '../../../support/aws/temporary-index.ts';

const VECTORS = { east: [1, 0, 0], north: [0, 1, 0], 'nearly east': [0.9, 0.1, 0] };

describe('the OpenSearch of the tests', () => {
  it('searches vectors of the engine faiss, where the index has it in its name', async () => {
    const index = `test-faiss-${randomUUID()}`;
    await using stack = new AsyncDisposableStack();
    stack.defer(async () => void (await askOpenSearch('DELETE', `/${index}`)));
    await askOpenSearch('PUT', `/${index}`, indexBody({ model: 'sample', dimension: 3, engine: 'faiss', shards: 1 }));
    for (const [content, embedding] of Object.entries(VECTORS)) {
      await askOpenSearch('POST', `/${index}/_doc`, { content, embedding });
    }
    await askOpenSearch('POST', `/${index}/_refresh`);
    const query = { knn: { embedding: { vector: [1, 0, 0], k: 2 } } };
    const { hits } = (await askOpenSearch('POST', `/${index}/_search`, { query })) as Found;
    assert.deepEqual(
      hits.hits.map(({ _source }) => _source.content),
      ['east', 'nearly east'],
    );
  });
});

interface Found {
  readonly hits: { readonly hits: readonly { readonly _source: { readonly content: string } }[] };
}
