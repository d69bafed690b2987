import type { User } from '../../domain/user.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { afterwards, type CacheOptions, lookedUp } from './looked-up.ts';

const TTL_MS = 5 * 60_000;
/** A kilobyte each. */
const USERS = 10_000;

/**
 * Keeps profiles for five minutes. A write by this process shows at once; one by another shows here within five minutes:
 * so long may someone who was shut out there, or whose role was changed, go on here. A missing profile is not kept.
 */
export const cachedUsers = (users: UserStore, options: CacheOptions = {}): UserStore => {
  const cache = lookedUp<User>({ ...options, name: 'users', most: USERS, ttlMs: TTL_MS });
  const written = <Result>(userId: string, write: Promise<Result>): Promise<Result> =>
    afterwards(write, () => cache.forget(userId));
  return {
    get: (userId) => cache.get(userId, () => users.get(userId)),
    create: (user) => written(user.userId, users.create(user)),
    change: (userId, change) => written(userId, users.change(userId, change)),
    recordLogin: (userId, at) => written(userId, users.recordLogin(userId, at)),
    remove: (userId) => written(userId, users.remove(userId)),
  };
};
