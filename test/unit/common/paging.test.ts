import assert from 'node:assert/strict';
import { pageOf, positionOf } from '../../../common/adapters/paging.ts';

const place = (item: string) => [item, `id of ${item}`] as const;

describe('paging', () => {
  it('says that there is more when one more was found', () => {
    const { items, nextCursor } = pageOf(['a', 'b', 'c'], 2, place);
    assert.deepEqual(items, ['a', 'b']);
    assert.deepEqual(positionOf(nextCursor ?? ''), ['b', 'id of b']);
  });

  it('says that there is no more when no more was found', () => {
    assert.deepEqual(pageOf(['a', 'b'], 2, place), { items: ['a', 'b'] });
    assert.deepEqual(pageOf([], 2, place), { items: [] });
  });

  it('makes cursors that fit an address as they are, of any text', () => {
    const { nextCursor = '' } = pageOf(['Größe & "😀"', 'b'], 1, place);
    assert.equal(encodeURIComponent(nextCursor), nextCursor);
    assert.deepEqual(positionOf(nextCursor), ['Größe & "😀"', 'id of Größe & "😀"']);
  });

  it('refuses a cursor that is not one of ours, and says what to do', () => {
    assert.throws(() => positionOf('%%%'), { code: 'invalid', message: /leave it out/ });
  });
});
