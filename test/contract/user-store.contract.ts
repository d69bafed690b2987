import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { newUser, type User } from '../../common/domain/user.ts';
import type { UserStore } from '../../common/ports/user-store.ts';
import type { Open } from '../support/temporary.ts';

const aUser = (userId: string = randomUUID()): User =>
  newUser(
    {
      userId,
      email: `${userId}@example.org`,
      firstName: 'Ada',
      lastName: 'Lovelace',
      emailVerified: false,
      provider: 'LOCAL',
    },
    '2026-01-31T12:00:00.000Z',
  );

/** What every UserStore promises; `open` gives an empty one. */
export const userStoreContract = (adapter: string, open: Open<UserStore>) =>
  describe(`UserStore: ${adapter}`, () => {
    it('gives back the profile that was made', async () => {
      await using users = await open();
      const kept = await users.create(aUser());
      assert.deepEqual(await users.get(kept.userId), kept);
      const { role, ...rest } = aUser(kept.userId);
      assert.deepEqual(kept, { ...rest, role: kept.role });
      assert.equal(role, 'user');
    });

    it('throws conflict for a userId that is there already, and keeps the first', async () => {
      await using users = await open();
      const first = await users.create(aUser());
      await assert.rejects(users.create({ ...first, email: 'other@example.org' }), { code: 'conflict' });
      assert.deepEqual(await users.get(first.userId), first);
    });

    it('gives a userId to one of many who take it at the same time', async () => {
      await using users = await open();
      const user = aUser();
      const tries = Array.from({ length: 20 }, (_, n) => users.create({ ...user, firstName: `Ada ${n}` }));
      const made = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
      assert.equal(made.length, 1);
    });

    it('sets the given fields alone, and updatedAt', async () => {
      await using users = await open();
      const { userId } = await users.create(aUser());
      const before = await users.get(userId);
      const changed = await users.change(userId, { lastName: 'King', isActive: false });
      assert.deepEqual(changed, { ...before, lastName: 'King', isActive: false, updatedAt: changed.updatedAt });
      assert.ok(changed.updatedAt > before.updatedAt);
      assert.deepEqual(await users.get(userId), changed);
    });

    it('takes up what an identity provider tells anew', async () => {
      await using users = await open();
      const { userId, metadata } = await users.create(aUser());
      const told = {
        email: 'countess@example.org',
        toldNames: { firstName: 'Augusta', lastName: 'King' },
        metadata: { ...metadata, emailVerified: true, cognitoUsername: 'Google_1' },
      };
      const changed = await users.change(userId, told);
      assert.deepEqual({ ...changed, ...told }, changed);
      assert.deepEqual(await users.get(userId), changed);
    });

    it('keeps every one of many changes to different fields at the same time', async () => {
      await using users = await open();
      const { userId } = await users.create(aUser());
      await Promise.all([
        users.change(userId, { firstName: 'Augusta' }),
        users.change(userId, { role: 'admin' }),
        users.recordLogin(userId, '2026-02-01T00:00:00.000Z'),
        users.change(userId, { preferences: { theme: 'dark', notifications: false, language: 'de-CH' } }),
      ]);
      const { firstName, role, loginCount, preferences } = await users.get(userId);
      assert.deepEqual(
        { firstName, role, loginCount, theme: preferences.theme },
        { firstName: 'Augusta', role: 'admin', loginCount: 1, theme: 'dark' },
      );
    });

    it('counts every login, and keeps the time of the last', async () => {
      await using users = await open();
      const { userId } = await users.create(aUser());
      await Promise.all(Array.from({ length: 25 }, () => users.recordLogin(userId, '2026-02-01T00:00:00.000Z')));
      const after = await users.recordLogin(userId, '2026-02-02T00:00:00.000Z');
      assert.equal(after.loginCount, 26);
      assert.equal(after.lastLoginAt, '2026-02-02T00:00:00.000Z');
      assert.deepEqual(await users.get(userId), after);
    });

    it('throws not_found for who is not there', async () => {
      await using users = await open();
      await assert.rejects(users.get('nobody'), { code: 'not_found' });
      await assert.rejects(users.change('nobody', { firstName: 'x' }), { code: 'not_found' });
      await assert.rejects(users.recordLogin('nobody', '2026-02-01T00:00:00.000Z'), { code: 'not_found' });
    });

    it('removes a profile, and again changes nothing', async () => {
      await using users = await open();
      const { userId } = await users.create(aUser());
      const other = await users.create(aUser());
      await users.remove(userId);
      await users.remove(userId);
      await assert.rejects(users.get(userId), { code: 'not_found' });
      await assert.rejects(users.change(userId, { firstName: 'x' }), { code: 'not_found' });
      assert.deepEqual(await users.get(other.userId), other);
    });
  });

/** What a UserStore promises where a person sets up a home alone. */
export const firstUserContract = (adapter: string, open: Open<UserStore>) =>
  describe(`UserStore of one's own: ${adapter}`, () => {
    it('makes the first user admin, and nobody after', async () => {
      await using users = await open();
      assert.equal((await users.create(aUser())).role, 'admin');
      assert.equal((await users.create(aUser())).role, 'user');
    });

    it('makes one admin of many who come first at the same time', async () => {
      await using users = await open();
      const made = await Promise.all(Array.from({ length: 10 }, () => users.create(aUser())));
      assert.equal(made.filter(({ role }) => role === 'admin').length, 1);
    });
  });
