import type { User } from '../domain/user.ts';

export type UserChange = Partial<
  Pick<User, 'email' | 'firstName' | 'lastName' | 'role' | 'isActive' | 'preferences' | 'metadata' | 'toldNames'>
>;

/** Profiles. Any method may throw `unavailable`. */
export interface UserStore {
  /**
   * The profile as it is kept: in the embedded home who comes while there is nobody becomes admin.
   * Throws `conflict` when there is one with this userId.
   */
  create(user: User): Promise<User>;
  /** As the last write left it, whoever made it. Throws `not_found`. */
  get(userId: string): Promise<User>;
  /** Sets the given fields and updatedAt. Throws `not_found`. */
  change(userId: string, change: UserChange): Promise<User>;
  /** Counts a login and keeps its time, ISO 8601. Throws `not_found`. */
  recordLogin(userId: string, at: string): Promise<User>;
  /** Succeeds where nothing is. */
  remove(userId: string): Promise<void>;
}
