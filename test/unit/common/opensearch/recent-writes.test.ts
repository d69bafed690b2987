import assert from 'node:assert/strict';
import { givesWay } from '../../../../common/adapters/aws/opensearch/copies.ts';
import { recentWrites } from '../../../../common/adapters/aws/opensearch/recent-writes.ts';

const MANUAL = { userId: 'alice', documentId: 'manual', generation: 1 };
const copy = (id: string, writtenAt: number, chunkId = 'one') => ({ id, chunkId, writtenAt });
const idsOf = (copies: readonly { id: string }[]) => copies.map(({ id }) => id);

describe('recentWrites', () => {
  it('says which of two copies of a chunk has given way, whichever came first', () => {
    const recent = recentWrites();
    assert.equal(recent.remember(MANUAL, copy('b', 2)), undefined);
    assert.equal(recent.remember(MANUAL, copy('a', 1))?.id, 'a');
    assert.equal(recent.remember(MANUAL, copy('c', 3))?.id, 'b');
    assert.deepEqual(idsOf(recent.ofDocument(MANUAL)), ['c']);
  });

  it('finds nothing to delete where a chunk keeps its id', () => {
    const recent = recentWrites();
    recent.remember(MANUAL, copy('one', 1));
    assert.equal(recent.remember(MANUAL, copy('one', 2)), undefined);
  });

  it('tells documents and generations apart', () => {
    const recent = recentWrites();
    recent.remember(MANUAL, copy('a', 1, 'one'));
    recent.remember({ ...MANUAL, generation: 2 }, copy('b', 1, 'two'));
    recent.remember({ ...MANUAL, userId: 'bob' }, copy('c', 1, 'three'));
    assert.deepEqual(new Set(idsOf(recent.ofDocument(MANUAL))), new Set(['a', 'b']));
    assert.deepEqual(idsOf(recent.ofDocument(MANUAL, 2)), ['b']);
  });

  it('forgets what was deleted, and not what was put in its place meanwhile', () => {
    const recent = recentWrites();
    recent.remember(MANUAL, copy('a', 1));
    const seen = recent.ofDocument(MANUAL);
    recent.remember(MANUAL, copy('b', 2));
    recent.forget(seen);
    assert.deepEqual(idsOf(recent.ofDocument(MANUAL)), ['b']);
    recent.forget(recent.ofDocument(MANUAL));
    assert.deepEqual(recent.ofDocument(MANUAL), []);
  });
});

describe('givesWay', () => {
  it('leaves exactly one of any copies, whoever decides', () => {
    const copies = [copy('a', 1), copy('b', 1), copy('c', 0), copy('d', 1)];
    const staying = copies.filter((one) => !copies.some((other) => other !== one && givesWay(one, other)));
    assert.deepEqual(idsOf(staying), ['d']);
  });
});
