import assert from 'node:assert/strict';
import { join } from 'node:path';
import { cachedSearch } from '../../../../common/adapters/caching/cached-search.ts';
import { openSqliteSearch } from '../../../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import type { IndexQuery, SearchIndex } from '../../../../common/ports/search-index.ts';
import { both, chunk, found, type Question, SETTINGS, vectorAlong } from '../../../contract/search-index.place.ts';
import { aClock } from '../../../support/clock.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const TEN_SECONDS = 10_000;
const MANUAL = { userId: 'alice', documentId: 'manual' };

/** Two processes on one index: `here` keeps what it found. */
const processes = async () => {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const there: SearchIndex = stack.use(await openSqliteSearch({ file: join(path, 'search.db'), ...SETTINGS }));
  const clock = aClock();
  const searched: IndexQuery[] = [];
  const search: SearchIndex['search'] = (query) => {
    searched.push(query);
    return there.search(query);
  };
  const here = cachedSearch({ ...there, search }, { now: clock.now });
  const owned = stack.move();
  return { there, here, clock, searched, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

describe('cachedSearch', () => {
  it('asks the index once in ten seconds', async () => {
    await using home = await processes();
    await home.there.put([chunk('the pump')]);
    for (const _ of Array(3)) assert.deepEqual(await found(home.here, {}), both('the pump'));
    assert.equal(home.searched.length, 1);
    await home.there.delete(MANUAL);
    home.clock.pass(TEN_SECONDS);
    assert.deepEqual(await found(home.here, {}), both('the pump'));
    home.clock.pass(1);
    assert.deepEqual(await found(home.here, {}), both());
  });

  it('shows at once what this process writes', async () => {
    await using home = await processes();
    await found(home.here, {});
    await home.here.put([chunk('the pump')]);
    assert.deepEqual(await found(home.here, {}), both('the pump'));
    assert.deepEqual(await found(home.here, { filters: { tags: ['water'] } }), both());
    await home.here.describe(MANUAL, { tags: ['water'], isPublic: false });
    assert.deepEqual(await found(home.here, { filters: { tags: ['water'] } }), both('the pump'));
    assert.equal(await home.here.delete(MANUAL), 1);
    assert.deepEqual(await found(home.here, {}), both());
  });

  const others: Record<string, Question> = {
    'somebody else': { by: 'bob' },
    'somebody with whom more is shared': { shared: ['plan'] },
    'other words': { text: 'pumps' },
    'another vector': { vector: vectorAlong(0, 0.999) },
    'another document': { filters: { documentIds: ['manual'] } },
    'another tag': { filters: { tags: ['water'] } },
    'another type': { filters: { fileTypes: ['water'] } },
    'another beginning': { filters: { uploadedFrom: '2026-01-01T00:00:00.000Z' } },
    'another end': { filters: { uploadedTo: '2026-01-01T00:00:00.000Z' } },
    'another number of hits': { limit: 11 },
    'a second round': { without: ['a chunk'] },
  };
  it('keeps apart all that decides what may be found', async () => {
    await using home = await processes();
    await found(home.here, {});
    for (const [count, [what, question]] of Object.entries(others).entries()) {
      await found(home.here, question);
      await found(home.here, question);
      assert.equal(home.searched.length, count + 2, what);
    }
  });

  it('takes the same ids in another order for the same', async () => {
    await using home = await processes();
    await found(home.here, { shared: ['plan', 'map'], filters: { tags: ['a', 'b'] }, without: ['x', 'y'] });
    await found(home.here, { shared: ['map', 'plan'], filters: { tags: ['b', 'a'] }, without: ['y', 'x'] });
    assert.equal(home.searched.length, 1);
  });

  it('gives each caller lists of their own', async () => {
    await using home = await processes();
    await home.there.put([chunk('the pump')]);
    const query: IndexQuery = {
      text: 'pump',
      visibleTo: { userId: 'alice', sharedDocumentIds: [] },
      filters: {},
      limit: 10,
    };
    (await home.here.search(query)).keyword.pop();
    assert.equal((await home.here.search(query)).keyword.length, 1);
    assert.equal(home.searched.length, 1);
  });
});
