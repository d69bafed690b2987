import { AppError, codeOf } from '../../common/domain/errors.ts';
import { type Claims, changeBy, newUser, type User } from '../../common/domain/user.ts';
import type { Session } from '../../common/ports/identity.ts';
import type { Ports } from '../../common/ports/ports.ts';

type ProfilePorts = Pick<Ports, 'identity' | 'users'>;

/**
 * The profile of someone the identity provider knows, as it now tells; made when it is missing, as after a crash in a
 * registration.
 */
export const profileOf = async ({ users }: Pick<Ports, 'users'>, claims: Claims): Promise<User> => {
  const user = await found({ users }, claims);
  const change = changeBy(claims, user);
  return change === undefined ? user : users.change(user.userId, change);
};

const found = async ({ users }: Pick<Ports, 'users'>, claims: Claims): Promise<User> => {
  try {
    return await users.get(claims.userId);
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
  }
  try {
    return await users.create(newUser(claims, new Date().toISOString()));
  } catch (error) {
    if (codeOf(error) !== 'conflict') throw error;
    return users.get(claims.userId); // another login made it meanwhile
  }
};

/** Throws `forbidden`, and ends the session, for someone who was shut out. */
export const admitted = async (ports: ProfilePorts, { claims, refreshToken }: Session): Promise<User> => {
  const user = await profileOf(ports, claims);
  if (user.isActive) return user;
  await ports.identity.logout(refreshToken);
  throw new AppError('forbidden', 'This account is closed; an administrator can open it again.');
};

/** What a login answers, which is counted. Throws `forbidden`. */
export const loggedIn = async (ports: ProfilePorts, session: Session): Promise<Session & { user: User }> => {
  const { userId } = await admitted(ports, session);
  const user = await ports.users.recordLogin(userId, new Date().toISOString());
  return { ...session, user };
};
