import assert from 'node:assert/strict';
import { fuse } from '../../../common/domain/fuse.ts';

const hits = (...found: [chunkId: string, relevance: number][]) =>
  found.map(([chunkId, relevance]) => ({ chunkId, relevance }));
const idsOf = (fused: { chunkId: string }[]) => fused.map(({ chunkId }) => chunkId).join(' ');

describe('fuse', () => {
  it('puts first what several rankings hold', () => {
    const semantic = { hits: hits(['a', 0.9], ['both', 0.8]), weight: 1, floor: 0 };
    const keyword = { hits: hits(['b', 12], ['both', 11]), weight: 1, floor: 0 };
    assert.equal(idsOf(fuse([semantic, keyword])), 'both a b');
  });

  it('keeps how far the best one of a ranking stands out, which its rank does not tell', () => {
    const semantic = { hits: hits(['near', 0.61], ['nearer', 0.6]), weight: 1, floor: 0.3 };
    const keyword = { hits: hits(['nearer', 20], ['near', 2]), weight: 1, floor: 0 };
    assert.equal(idsOf(fuse([semantic, keyword])), 'nearer near');
  });

  it('scores from 0, at the floor, to 1, the best everywhere', () => {
    const semantic = { hits: hits(['best', 0.7], ['half', 0.5], ['last', 0.3]), weight: 0.4, floor: 0.3 };
    const keyword = { hits: hits(['best', 9], ['half', 4.5]), weight: 0.6, floor: 0 };
    const scores = fuse([semantic, keyword]).map(({ score }) => Number(score.toFixed(6)));
    assert.deepEqual(scores, [1, 0.5, 0]);
  });

  it('gives a ranking its weight', () => {
    const semantic = { hits: hits(['meant', 0.7]), weight: 1, floor: 0 };
    const keyword = { hits: hits(['written', 3]), weight: 2, floor: 0 };
    assert.equal(idsOf(fuse([semantic, keyword])), 'written meant');
  });

  it('takes hits that are all alike, or below the floor', () => {
    const alike = { hits: hits(['a', 0.5], ['b', 0.5]), weight: 1, floor: 0.5 };
    const below = { hits: hits(['c', -0.1]), weight: 1, floor: 0 };
    assert.deepEqual(
      fuse([alike, below]).map(({ score }) => score),
      [0.5, 0.5, 0.5],
    );
  });

  it('has nothing to say of no rankings', () => {
    assert.deepEqual(fuse([]), []);
  });
});
