import assert from 'node:assert/strict';
import { stretchesOf } from '../../../../common/adapters/embedded/extractive/stretches.ts';
import { aPassage } from './passages.ts';

const TEXT = 'Tea is hot. Milk is cold. Juice is sweet.';
const part = (start: number, end: number, documentId = 'drinks') =>
  aPassage(TEXT.slice(start, end), { documentId, startPosition: start, chunkId: `${documentId} ${start}` });
const textsOf = (stretches: ReturnType<typeof stretchesOf>) => stretches.map(({ text }) => text);

describe('stretchesOf', () => {
  it('joins passages that touch', () => {
    assert.deepEqual(textsOf(stretchesOf([part(12, 26), part(0, 12)])), ['Tea is hot. Milk is cold. ']);
  });

  it('joins passages that overlap, or that hold one another', () => {
    assert.deepEqual(textsOf(stretchesOf([part(12, 41), part(0, 20), part(4, 8)])), [TEXT]);
  });

  it('leaves a gap, whose text nobody has', () => {
    assert.deepEqual(textsOf(stretchesOf([part(26, 41), part(0, 11)])), ['Juice is sweet.', 'Tea is hot.']);
  });

  it('keeps documents apart, that of the best passage first', () => {
    const [first, second] = stretchesOf([part(0, 11, 'b'), part(11, 25, 'a'), part(11, 25, 'b')]);
    assert.deepEqual([first?.documentId, first?.text, second?.documentId], ['b', 'Tea is hot. Milk is cold.', 'a']);
  });

  it('knows where each place of a text is from', () => {
    const [stretch] = stretchesOf([part(12, 41), part(0, 20)]);
    assert.equal(stretch?.startPosition, 0);
    assert.equal(stretch?.passageAt(3).chunkId, 'drinks 0');
    assert.equal(stretch?.passageAt(15).chunkId, 'drinks 12', 'the better one of two');
  });
});
