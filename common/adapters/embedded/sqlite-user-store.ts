import { AppError } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import type { UserStore } from '../../ports/user-store.ts';
import type { Database } from './database.ts';

export const sqliteUserStore = ({ connection, write }: Database): UserStore => {
  const select = connection.prepare('select body from user where userId = ?');
  const anyone = connection.prepare('select 1 from user limit 1');
  const insert = connection.prepare('insert or ignore into user values (?, ?, ?)');
  const update = connection.prepare('update user set email = ?, body = ? where userId = ?');
  const erase = connection.prepare('delete from user where userId = ?');

  const find = (userId: string): User => {
    const row = select.get(userId);
    if (row === undefined) throw new AppError('not_found', `There is no user ${userId}.`);
    return JSON.parse(String(row['body'])) as User;
  };
  const save = (user: User): User => {
    update.run(user.email, JSON.stringify(user), user.userId);
    return user;
  };

  return {
    create: (user) =>
      write(() => {
        const kept: User = anyone.get() === undefined ? { ...user, role: 'admin' } : user;
        if (insert.run(kept.userId, kept.email, JSON.stringify(kept)).changes === 0) {
          throw new AppError('conflict', `There is a user ${user.email} already.`);
        }
        return kept;
      }),
    get: async (userId) => find(userId),
    change: (userId, change) => write(() => save({ ...find(userId), ...change, updatedAt: new Date().toISOString() })),
    recordLogin: (userId, at) =>
      write(() => {
        const user = find(userId);
        return save({ ...user, lastLoginAt: at, loginCount: user.loginCount + 1 });
      }),
    remove: (userId) => write(() => void erase.run(userId)),
  };
};
