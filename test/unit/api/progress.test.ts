import assert from 'node:assert/strict';
import { standOf } from '../../../api/documents/progress.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const progress = (embedded: number, indexed: number) => ({
  batchCount: 3,
  chunkCount: 200,
  embedded,
  indexed,
  startedAt: new Date(START).toISOString(),
  updatedAt: new Date(START).toISOString(),
});

describe('standOf', () => {
  it('knows nothing but the stage before the text is cut', () => {
    assert.deepEqual(standOf(undefined, START), { stage: 'extract', done: 0, total: null, etaSeconds: null });
  });

  it('knows no rate before the first batch', () => {
    assert.deepEqual(standOf(progress(0, 0), START + 5_000), { stage: 'embed', done: 0, total: 200, etaSeconds: null });
  });

  it('reckons what is left at the rate so far', () => {
    const stand = standOf(progress(1, 0), START + 9_600);
    assert.deepEqual(stand, { stage: 'embed', done: 96, total: 200, etaSeconds: 11 });
  });

  it('turns to the index once all is embedded, and counts no chunk that there is not', () => {
    assert.deepEqual(standOf(progress(3, 3), START + 1_000), { stage: 'index', done: 200, total: 200, etaSeconds: 0 });
  });

  it('reckons by the pace of all workers before anything is done, as if it were the last in the queue', () => {
    const { etaSeconds } = standOf(progress(0, 0), START, { backlog: 50, jobsPerMinute: 100 });
    assert.equal(etaSeconds, 30);
  });

  it('reckons no faster than all workers together, and no slower than the queue is long', () => {
    const pace = { backlog: 10, jobsPerMinute: 60 };
    assert.equal(standOf(progress(1, 0), START + 100, pace).etaSeconds, 2);
    assert.equal(standOf(progress(1, 0), START + 60_000, pace).etaSeconds, 10);
  });

  it('leaves indexing to the rate since the plan', () => {
    const pace = { backlog: 0, jobsPerMinute: 1 };
    assert.equal(standOf(progress(3, 1), START + 9_600, pace).etaSeconds, 11);
  });
});
