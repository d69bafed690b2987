import assert from 'node:assert/strict';
import { dynamoTable } from '../../../../common/adapters/aws/dynamodb/table.ts';
import { dynamoUserStore } from '../../../../common/adapters/aws/dynamodb/user-store.ts';
import { newUser } from '../../../../common/domain/user.ts';
import { temporaryTable } from '../../../support/aws/temporary-tables.ts';

const ADA = newUser(
  {
    userId: 'ada',
    email: 'ada@example.org',
    firstName: 'Ada',
    lastName: '',
    emailVerified: true,
    provider: 'COGNITO',
  },
  '2026-01-01T00:00:00.000Z',
);

describe('the users table', () => {
  it('lists the logins of a day, and no one who has never logged in', async () => {
    await using place = await temporaryTable('users');
    const users = dynamoUserStore(place);
    await users.create(ADA);
    await users.create({ ...ADA, userId: 'bob' });
    await users.recordLogin('ada', '2026-01-31T09:00:00.000Z');
    await users.recordLogin('ada', '2026-02-01T10:00:00.000Z');
    const loggedIn = async (day: string) => {
      const key = { key: 'loginDay = :day', values: { ':day': day } };
      const { items } = await dynamoTable(place).query({ index: 'LastLoginIndex', ...key, limit: 10 });
      return items.map(({ userId, lastLoginAt }) => [userId, lastLoginAt]);
    };
    assert.deepEqual(await loggedIn('2026-02-01'), [['ada', '2026-02-01T10:00:00.000Z']]);
    assert.deepEqual(await loggedIn('2026-01-31'), []);
  });

  it('finds a whole profile by its e-mail', async () => {
    await using place = await temporaryTable('users');
    await dynamoUserStore(place).create(ADA);
    const key = { key: 'email = :email', values: { ':email': ADA.email } };
    const { items } = await dynamoTable(place).query({ index: 'EmailIndex', ...key, limit: 2 });
    assert.deepEqual(
      items.map(({ userId, preferences }) => [userId, preferences]),
      [['ada', ADA.preferences]],
    );
  });
});
