import assert from 'node:assert/strict';
import { storeApart } from '../../../../common/adapters/embedded/minilm/stored-constants.ts';

const constantOf = (length: number) => ({
  type: 'int8' as const,
  shape: [length],
  data: new Uint8Array(length).fill(7),
});

describe('storeApart', () => {
  it('leaves a small constant where it is', () => {
    const small = constantOf(10);
    const { constants, content } = storeApart(new Map([['small', small]]), 'model.weights');
    assert.equal(constants.get('small'), small);
    assert.equal(content.size, 0);
  });

  it('moves large ones to places that can be mapped', () => {
    const both = new Map([
      ['one', constantOf(100_000)],
      ['two', constantOf(70_000)],
    ]);
    const { constants, content } = storeApart(both, 'model.weights');
    const place = { type: 'int8', file: 'model.weights' };
    assert.deepEqual(constants.get('one'), { ...place, shape: [100_000], offset: 0, length: 100_000 });
    assert.deepEqual(constants.get('two'), { ...place, shape: [70_000], offset: 2 * 65_536, length: 70_000 });
    const bytes = Buffer.concat(content.pieces);
    assert.equal(bytes.length, content.size);
    assert.ok(bytes.subarray(2 * 65_536).equals(Buffer.alloc(70_000, 7)));
  });
});
