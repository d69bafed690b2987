import assert from 'node:assert/strict';
import { cachedUsers } from '../../../../common/adapters/caching/cached-users.ts';
import { RECORDS_SCHEMA } from '../../../../common/adapters/embedded/records-schema.ts';
import { sqliteUserStore } from '../../../../common/adapters/embedded/sqlite-user-store.ts';
import { newUser } from '../../../../common/domain/user.ts';
import type { UserStore } from '../../../../common/ports/user-store.ts';
import { aClock } from '../../../support/clock.ts';
import { inDatabase } from '../../../support/temporary.ts';

const MINUTE_MS = 60_000;
const ADA = newUser(
  {
    userId: 'ada',
    email: 'ada@example.org',
    firstName: 'Ada',
    lastName: 'Lovelace',
    emailVerified: true,
    provider: 'LOCAL',
  },
  '2026-01-31T12:00:00.000Z',
);

/** Two processes on one store: `here` keeps profiles. */
const processes = inDatabase(RECORDS_SCHEMA, (database) => {
  const there = sqliteUserStore(database);
  const clock = aClock();
  let reads = 0;
  const counted: UserStore = {
    ...there,
    get(userId) {
      reads += 1;
      return there.get(userId);
    },
  };
  return { there, clock, here: cachedUsers(counted, { now: clock.now }), reads: () => reads };
});

describe('cachedUsers', () => {
  it('reads a profile once in five minutes', async () => {
    await using home = await processes();
    await home.there.create(ADA);
    for (let minute = 0; minute <= 5; minute += 1) {
      await home.here.get('ada');
      home.clock.pass(MINUTE_MS);
    }
    assert.equal(home.reads(), 1);
    await home.here.get('ada');
    assert.equal(home.reads(), 2);
  });

  it('shows what this process writes at once', async () => {
    await using home = await processes();
    await home.here.create(ADA);
    await home.here.get('ada');
    await home.here.change('ada', { isActive: false });
    assert.equal((await home.here.get('ada')).isActive, false);
    await home.here.recordLogin('ada', '2026-02-01T00:00:00.000Z');
    assert.equal((await home.here.get('ada')).loginCount, 1);
    await home.here.remove('ada');
    await assert.rejects(home.here.get('ada'), { code: 'not_found' });
  });

  it('shows what another process writes after five minutes', async () => {
    await using home = await processes();
    await home.there.create(ADA);
    await home.here.get('ada');
    await home.there.change('ada', { isActive: false });
    home.clock.pass(5 * MINUTE_MS);
    assert.equal((await home.here.get('ada')).isActive, true);
    home.clock.pass(1);
    assert.equal((await home.here.get('ada')).isActive, false);
  });

  it('does not keep that somebody is missing', async () => {
    await using home = await processes();
    await assert.rejects(home.here.get('ada'), { code: 'not_found' });
    await home.there.create(ADA);
    assert.equal((await home.here.get('ada')).userId, 'ada');
  });

  it('forgets after a write that failed, too: it may have been done', async () => {
    await using home = await processes();
    await home.here.create(ADA);
    await home.here.get('ada');
    const broken = cachedUsers({
      ...home.there,
      async change(userId, change) {
        await home.there.change(userId, change);
        throw new Error('The answer was lost.');
      },
    });
    await broken.get('ada');
    await assert.rejects(broken.change('ada', { role: 'user' }), /lost/);
    assert.equal((await broken.get('ada')).role, 'user');
  });
});
