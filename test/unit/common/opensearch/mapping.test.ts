import assert from 'node:assert/strict';
import { indexBody } from '../../../../common/adapters/aws/opensearch/mapping.ts';

const KIND = { model: 'a model', dimension: 1536 };

describe('indexBody', () => {
  it('builds an HNSW graph by cosine with the engine that is asked for', () => {
    const { embedding } = indexBody({ ...KIND, engine: 'faiss' }).mappings.properties;
    const parameters = { ef_construction: 128, m: 24 };
    const method = { name: 'hnsw', space_type: 'cosinesimil', engine: 'faiss', parameters };
    assert.deepEqual(embedding, { type: 'knn_vector', dimension: 1536, method });
  });

  it('names no engine where the server chooses it', () => {
    const { method } = indexBody({ ...KIND, engine: 'managed' }).mappings.properties.embedding;
    assert.ok(!('engine' in method));
  });

  it('leaves shards to a collection', () => {
    const shardsOf = (shards?: number) =>
      indexBody({ ...KIND, engine: 'faiss', shards }).settings.index.number_of_shards;
    assert.deepEqual([shardsOf(3), shardsOf()], [3, undefined]);
  });

  it('carries model and dimension', () => {
    const { model, dimension } = indexBody({ ...KIND, engine: 'faiss' }).mappings._meta;
    assert.deepEqual({ model, dimension }, KIND);
  });
});
