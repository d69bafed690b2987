import { AppError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/user.ts';
import type { UserStore } from '../../../ports/user-store.ts';
import { placeholders, updateOf } from './expressions.ts';
import { type Item, WRITE_ID } from './item.ts';
import { dynamoTable, type Place } from './table.ts';

const IS_PRESENT = 'attribute_exists(userId)';
const IS_ABSENT = 'attribute_not_exists(userId)';
const DAY_LENGTH = '2026-01-31'.length;

/** @param place the users table */
export const dynamoUserStore = (place: Place): UserStore => {
  const table = dynamoTable(place);
  return {
    async create(user) {
      const item = await table.putNew(itemOf(user), { condition: IS_ABSENT }, () => {
        throw new AppError('conflict', `There is a user ${user.email} already.`);
      });
      return userOf(item);
    },

    async get(userId) {
      const item = await table.get({ userId });
      if (item === undefined) throw notFound(userId);
      return userOf(item);
    },

    async change(userId, change) {
      const { path, value, names, values } = placeholders();
      const changed = { ...change, updatedAt: new Date().toISOString() };
      const sets = Object.entries(changed).map(([field, wanted]) => `${path(field)} = ${value(wanted)}`);
      const update = { update: updateOf(sets, []), condition: IS_PRESENT, names, values };
      return userOf(
        await table.update({ userId }, { ...update, returns: 'ALL_NEW' }, () => {
          throw notFound(userId);
        }),
      );
    },

    async recordLogin(userId, at) {
      const item = await table.update(
        { userId },
        {
          update: 'SET lastLoginAt = :at, loginDay = :day ADD loginCount :one',
          condition: IS_PRESENT,
          values: { ':at': at, ':day': dayOf(at), ':one': 1 },
          returns: 'ALL_NEW',
        },
        () => {
          throw notFound(userId);
        },
      );
      return userOf(item);
    },

    remove: (userId) => table.remove({ userId }),
  };
};

/** YYYY-MM-DD: what LastLoginIndex is hashed on. */
const dayOf = (at: string): string => at.slice(0, DAY_LENGTH);

const itemOf = (user: User): Item => ({
  ...user,
  ...(user.lastLoginAt !== undefined && { loginDay: dayOf(user.lastLoginAt) }),
});

const userOf = ({ loginDay: _loginDay, [WRITE_ID]: _writeId, ...user }: Item): User => user as unknown as User;

const notFound = (userId: string) => new AppError('not_found', `There is no user ${userId}.`);
