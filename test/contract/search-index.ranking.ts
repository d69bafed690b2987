import assert from 'node:assert/strict';
import { numbersOf, type Vector } from '../../common/domain/vector.ts';
import { ask, chunk, type IndexPlace, SETTINGS, vectorAlong } from './search-index.place.ts';

/** A repeatable stream of numbers from -1 to 1. */
const numbersFrom = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 31 - 1;
};

const randomVector = (next: () => number): Float32Array => {
  const vector = Float32Array.from({ length: SETTINGS.dimension }, next);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

const cosine = (one: Vector, other: Vector): number => {
  const b = numbersOf(other);
  return numbersOf(one).reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0);
};

export const rankingContract = (start: () => Promise<IndexPlace>) =>
  describe('rankings', () => {
    it('ranks by meaning exactly as a look at every chunk does', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const next = numbersFrom(7);
      const chunks = Array.from({ length: 300 }, (_, number) =>
        chunk(`text ${number}`, { vector: randomVector(next) }),
      );
      await index.put(chunks);
      await place.settled();
      const vector = randomVector(next);
      const { semantic } = await ask(index, { vector, limit: 50 });
      const exact = chunks.toSorted((a, b) => cosine(b.vector, vector) - cosine(a.vector, vector)).slice(0, 50);
      assert.deepEqual(
        semantic.map(({ content }) => content),
        exact.map(({ content }) => content),
      );
    });

    it('gives the cosine as the relevance of a meaning', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([
        chunk('near', { vector: vectorAlong(0, 0.8) }),
        chunk('opposite', { vector: vectorAlong(0, -1) }),
      ]);
      await place.settled();
      const { semantic } = await ask(index, { vector: vectorAlong(0) });
      assert.deepEqual(
        semantic.map(({ relevance }) => relevance.toFixed(4)),
        ['0.8000', '-1.0000'],
      );
    });

    it('ranks what has more of the words, and the rarer ones, higher', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([
        ...Array.from({ length: 20 }, (_, number) => chunk(`the hall number ${number} is blue`)),
        ...Array.from({ length: 4 }, (_, number) => chunk(`the pump number ${number} is blue`)),
        chunk('the turbine stands in a hall'),
        chunk('the pump of the turbine is red'),
      ]);
      await place.settled();
      const { keyword } = await ask(index, { text: 'turbine pump', limit: 2 });
      assert.deepEqual(
        keyword.map(({ content }) => content),
        ['the pump of the turbine is red', 'the turbine stands in a hall'],
      );
      assert.ok((keyword[0]?.relevance ?? 0) > (keyword[1]?.relevance ?? 0));
    });

    it('makes the rankings that are asked for, and no other', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump')]);
      await place.settled();
      const [byMeaning, byWord] = [await ask(index, { vector: vectorAlong(0) }), await ask(index, { text: 'pump' })];
      assert.deepEqual([byMeaning.semantic.length, byMeaning.keyword.length], [1, 0]);
      assert.deepEqual([byWord.semantic.length, byWord.keyword.length], [0, 1]);
    });

    it('gives each ranking so many hits and no more', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put(Array.from({ length: 30 }, (_, number) => chunk(`pump ${number}`)));
      await place.settled();
      const { semantic, keyword } = await ask(index, { text: 'pump', vector: vectorAlong(0), limit: 7 });
      assert.deepEqual([semantic.length, keyword.length], [7, 7]);
    });

    it('tells of a hit where it stands', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const place5 = {
        generation: 3,
        chunkIndex: 5,
        startPosition: 400,
        endPosition: 408,
        pageNumber: 9,
        section: 'A > B',
      };
      await index.put([chunk('the pump', place5)]);
      await place.settled();
      const { semantic, keyword } = await ask(index, { text: 'pump', vector: vectorAlong(0) });
      for (const [hit] of [semantic, keyword]) {
        const { relevance, ...rest } = hit ?? { relevance: Number.NaN };
        const who = { chunkId: 'chunk of the pump', userId: 'alice', documentId: 'manual', content: 'the pump' };
        assert.deepEqual({ ...rest }, { ...who, ...place5 });
        assert.equal(typeof relevance, 'number');
      }
    });

    it('leaves page and section out where there are none', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump')]);
      await place.settled();
      const [hit] = (await ask(index, { text: 'pump' })).keyword;
      assert.ok(hit && !('pageNumber' in hit) && !('section' in hit));
    });

    it('finds nothing in an empty index', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const rankings = await ask(index, { text: 'pump', vector: vectorAlong(0) });
      assert.deepEqual(rankings, { semantic: [], keyword: [] });
    });
  });
