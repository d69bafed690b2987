import { AppError, codeOf } from '../common/domain/errors.ts';
import type { Role, User } from '../common/domain/user.ts';
import type { Ports } from '../common/ports/ports.ts';

/** Who may ask: anyone, those who are logged in, administrators. */
export type Access = 'public' | 'user' | 'admin';

export interface Caller {
  readonly userId: string;
  readonly role: Role;
}

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;
const LOG_IN = 'Log in first, and send its access token as "Authorization: Bearer <token>".';

/** Who asks on a route that is open to anyone. */
export const NOBODY: Caller = { userId: '', role: 'user' };

/** Throws `unauthenticated`, and `forbidden` for a user on an administrator's route. */
export type CallerOf = (authorization: string | undefined, access: Exclude<Access, 'public'>) => Promise<Caller>;

/** Nobody can tell an unknown user from one who was shut out. */
const activeUser = async ({ users }: Pick<Ports, 'users'>, userId: string): Promise<User> => {
  try {
    const user = await users.get(userId);
    if (user.isActive) return user;
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
  }
  throw new AppError('unauthenticated', LOG_IN);
};

/**
 * Reads the caller from the bearer token and the profile, so that who is shut out is so at once; where profiles are kept
 * for a while, at once in the process that did it, and within five minutes in others.
 */
export const callerBy =
  (ports: Pick<Ports, 'tokens' | 'users'>): CallerOf =>
  async (authorization = '', access) => {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw new AppError('unauthenticated', LOG_IN);
    const { userId, role } = await activeUser(ports, await ports.tokens.verify(token));
    if (access === 'admin' && role !== 'admin') throw new AppError('forbidden', 'Only an administrator may do this.');
    return { userId, role };
  };
