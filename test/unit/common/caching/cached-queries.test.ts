import assert from 'node:assert/strict';
import { cachedQueries } from '../../../../common/adapters/caching/cached-queries.ts';
import type { Embedder } from '../../../../common/ports/embedder.ts';

/** Counts what it is asked; the vector tells the text's length. */
const counting = () => {
  const asked: string[] = [];
  const embedder: Embedder = {
    model: 'a model',
    dimension: 1,
    embed: async (texts) => texts.map(({ length }) => Float32Array.of(length)),
    async embedQuery(text) {
      asked.push(text);
      return Float32Array.of(text.length);
    },
  };
  return { asked, embedder };
};

describe('cachedQueries', () => {
  it('embeds a question once, and others as well', async () => {
    const { asked, embedder } = counting();
    const told: unknown[] = [];
    const cached = cachedQueries(embedder, { onLookup: (...lookup) => told.push(lookup) });
    for (const question of ['how?', 'how?', 'why not?']) {
      assert.deepEqual(await cached.embedQuery(question), Float32Array.of(question.length));
    }
    assert.deepEqual(asked, ['how?', 'why not?']);
    assert.deepEqual(told, [
      ['queries', false],
      ['queries', true],
      ['queries', false],
    ]);
  });

  it('leaves texts, model and dimension to the embedder', async () => {
    const cached = cachedQueries(counting().embedder);
    const { signal } = new AbortController();
    assert.deepEqual(await cached.embed(['one', 'three'], { group: 'ada', signal }), [
      Float32Array.of(3),
      Float32Array.of(5),
    ]);
    assert.deepEqual([cached.model, cached.dimension], ['a model', 1]);
  });
});
