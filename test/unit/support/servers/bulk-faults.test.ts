import assert from 'node:assert/strict';
import { divideBulk, joinBulk } from '../../../support/servers/bulk-faults.ts';

const REQUEST = `{"delete":{"_id":"a"}}
{"index":{"_id":"b"}}
{"text":"two lines"}
{"delete":{"_id":"c"}}
`;

const second = () => {
  let item = 0;
  return () => {
    item += 1;
    return item === 2 ? 503 : undefined;
  };
};

describe('items taken out of a bulk request', () => {
  it('leave with their source; deletions have none', () => {
    const { rest, items } = divideBulk(REQUEST, 'chunks', second());
    assert.equal(rest, '{"delete":{"_id":"a"}}\n{"delete":{"_id":"c"}}\n');
    assert.equal(items, 3);
  });

  it('come back in their places, failed', () => {
    const divided = divideBulk(REQUEST, 'chunks', second());
    const done = [{ delete: { _id: 'a', status: 200 } }, { delete: { _id: 'c', status: 404 } }];
    const { errors, items } = joinBulk(divided, { took: 1, errors: false, items: done });
    const failed = { _index: 'chunks', _id: 'b', status: 503 };
    const error = { type: 'unavailable_shards_exception', reason: 'primary shard is not active' };
    assert.deepEqual(items, [done[0], { index: { ...failed, error } }, done[1]]);
    assert.equal(errors, true);
  });
});
