import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { shardKey, shardKeys } from '../../../../common/adapters/aws/dynamodb/shards.ts';

describe('shards', () => {
  it('puts an id always into the same shard, one of those that are asked', () => {
    const id = randomUUID();
    assert.equal(shardKey('ready', id), shardKey('ready', id));
    assert.ok(shardKeys('ready').includes(shardKey('ready', id)));
    assert.equal(shardKeys('ready').length, 8);
  });

  it('spreads ids evenly, consecutive ones too', () => {
    for (const id of [() => randomUUID(), (n: number) => `document-${n}`]) {
      const sizes = new Map<string, number>();
      for (let n = 0; n < 8_000; n += 1) {
        const shard = shardKey('', id(n));
        sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
      }
      assert.equal(sizes.size, 8);
      for (const size of sizes.values()) assert.ok(size > 800 && size < 1_200, `${size} of 1,000`);
    }
  });
});
