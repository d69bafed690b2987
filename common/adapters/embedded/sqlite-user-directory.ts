import type { UserDirectory } from '../../ports/user-directory.ts';
import type { Database } from './database.ts';

export const sqliteUserDirectory = ({ connection }: Database): UserDirectory => {
  const count = connection.prepare('select count(*) as users from user');
  return { count: async () => ({ users: Number(count.get()?.['users']) }) };
};
