import assert from 'node:assert/strict';
import { ranked } from '../../../../api/search/ranked.ts';
import type { Hit } from '../../../../common/domain/search.ts';

const hit = (chunkId: string, relevance: number): Hit => ({
  chunkId,
  relevance,
  userId: 'ada',
  documentId: `document of ${chunkId}`,
  generation: 1,
  chunkIndex: 0,
  content: chunkId,
  startPosition: 0,
  endPosition: chunkId.length,
});
const always = () => true;
const idsOf = (hits: readonly Hit[]) => hits.map(({ chunkId }) => chunkId);

describe('ranked', () => {
  it('fuses both rankings', () => {
    const found = { semantic: [hit('a', 0.8), hit('both', 0.7)], keyword: [hit('b', 5), hit('both', 4)] };
    assert.equal(idsOf(ranked(found, 50, always).hits)[0], 'both');
  });

  it('judges a ranking alone where there is no other', () => {
    const { hits } = ranked({ semantic: [], keyword: [hit('a', 5), hit('b', 4)] }, 50, always);
    assert.deepEqual(idsOf(hits), ['a', 'b']);
    assert.equal(hits[0]?.score, 1);
  });

  it('shows a chunk once that the index holds twice', () => {
    const found = { semantic: [hit('a', 0.8), hit('a', 0.7)], keyword: [] };
    assert.deepEqual(idsOf(ranked(found, 50, always).hits), ['a']);
  });

  it('leaves out what may not be shown, and names it', () => {
    const found = { semantic: [hit('a', 0.8), hit('secret', 0.7)], keyword: [hit('secret', 9)] };
    const { hits, rejected } = ranked(found, 50, ({ chunkId }) => chunkId !== 'secret');
    assert.deepEqual(idsOf(hits), ['a']);
    assert.deepEqual(new Set(rejected), new Set(['secret']));
  });

  it('knows whether the index may have more', () => {
    const found = { semantic: [hit('a', 0.8), hit('b', 0.7)], keyword: [hit('a', 1)] };
    assert.equal(ranked(found, 2, always).cut, true);
    assert.equal(ranked(found, 3, always).cut, false);
  });

  it('does not count the last hit of a short ranking as nothing', () => {
    const found = { semantic: [], keyword: [hit('a', 5), hit('b', 4)] };
    assert.equal(ranked(found, 50, always).hits[1]?.score, 0.8);
  });
});
