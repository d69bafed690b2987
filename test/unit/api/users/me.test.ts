import assert from 'node:assert/strict';
import { changeMe } from '../../../../api/users/me.ts';
import { cachedUsers } from '../../../../common/adapters/caching/cached-users.ts';
import { RECORDS_SCHEMA } from '../../../../common/adapters/embedded/records-schema.ts';
import { sqliteUserStore } from '../../../../common/adapters/embedded/sqlite-user-store.ts';
import { newUser, type Preferences } from '../../../../common/domain/user.ts';
import type { UserStore } from '../../../../common/ports/user-store.ts';
import { inDatabase } from '../../../support/temporary.ts';

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

/** Two processes that keep profiles, on one store. */
const processes = inDatabase(RECORDS_SCHEMA, (database) => {
  const users = sqliteUserStore(database);
  return { one: cachedUsers(users), two: cachedUsers(users) };
});

const prefer = (users: UserStore, preferences: Partial<Preferences>) =>
  changeMe({ users }).handle({
    body: { preferences },
    caller: { userId: 'ada', role: 'user' },
    params: undefined,
    query: undefined,
    address: '',
    cookies: '',
  });

describe('changeMe', () => {
  it('keeps preferences that another process has set a moment ago', async () => {
    await using home = await processes();
    await home.one.create(ADA);
    await home.two.get('ada');
    await prefer(home.one, { theme: 'dark' });
    const { preferences } = await prefer(home.two, { language: 'de' });
    assert.deepEqual(preferences, { theme: 'dark', notifications: true, language: 'de' });
  });
});
