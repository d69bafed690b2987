import assert from 'node:assert/strict';
import { openClaims } from '../../../../workers/embed/claims.ts';

const VECTOR = Float32Array.of(1, 0);

describe('claims', () => {
  it('give a text to the first that asks, and its vector to the others', async () => {
    const claims = openClaims();
    using first = claims.claim('ada', ['a', 'b']);
    using second = claims.claim('ada', ['b', 'c']);
    assert.deepEqual([first.mine, second.mine], [['a', 'b'], ['c']]);
    first.give('b', VECTOR);
    assert.equal(await second.others.get('b'), VECTOR);
  });

  it('tell the others when a job gives up, and let them have the text', async () => {
    const claims = openClaims();
    const first = claims.claim('ada', ['a']);
    using second = claims.claim('ada', ['a']);
    first[Symbol.dispose]();
    assert.equal(await second.others.get('a'), undefined);
    using third = claims.claim('ada', ['a']);
    assert.deepEqual(third.mine, ['a']);
  });

  it('keep owners apart', () => {
    const claims = openClaims();
    using hers = claims.claim('ada', ['a']);
    using his = claims.claim('bob', ['a']);
    assert.deepEqual([hers.mine, his.mine], [['a'], ['a']]);
  });
});
