import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { AppError } from '../../domain/errors.ts';
import type { Claims } from '../../domain/user.ts';
import type { Identity, Session } from '../../ports/identity.ts';
import type { Database } from './database.ts';
import { ACCESS_SECONDS, accessTokenFor } from './jwt-verifier.ts';
import { HASH_OF_NOBODY, hashPassword, passwordFits } from './password.ts';
import { refreshSessions } from './refresh-sessions.ts';

/** scrypt holds 32 MB each: more at once would let a flood of logins take the memory. */
const HASHES_AT_ONCE = 2;

export const sqliteIdentity = (database: Database, key: Uint8Array): Identity => {
  const { connection, write } = database;
  const insert = connection.prepare('insert or ignore into credential values (?, ?, ?, ?)');
  const byEmail = connection.prepare('select hash, claims from credential where email = ?');
  const byUser = connection.prepare('select claims from credential where userId = ?');
  const erase = connection.prepare('delete from credential where userId = ?');
  const sessions = refreshSessions(database);
  const hashing = pLimit(HASHES_AT_ONCE);

  const session = async (claims: Claims, refreshToken: string): Promise<Session> => ({
    accessToken: await accessTokenFor(claims.userId, key),
    expiresIn: ACCESS_SECONDS,
    refreshToken,
    claims,
  });

  return {
    async register({ email, password, firstName, lastName }) {
      const userId = randomUUID();
      const claims: Claims = { userId, email, firstName, lastName, emailVerified: false, provider: 'LOCAL' };
      const hash = await hashing(() => hashPassword(password));
      const { changes } = await write(() => insert.run(userId, email, hash, JSON.stringify(claims)));
      if (changes === 0) throw new AppError('conflict', `There is an account for ${email} already: log in.`);
      return claims;
    },
    async login(email, password) {
      const row = byEmail.get(email);
      const hash = row === undefined ? HASH_OF_NOBODY : String(row['hash']); // both take the same time
      const fits = await hashing(() => passwordFits(password, hash));
      if (row === undefined || !fits) throw new AppError('unauthenticated', 'The e-mail or the password is wrong.');
      const claims = claimsOf(row);
      return session(claims, await sessions.begin(claims.userId));
    },
    async refresh(refreshToken) {
      const renewed = await sessions.renew(refreshToken);
      const row = byUser.get(renewed.userId);
      if (row === undefined) throw new AppError('unauthenticated', 'The account is gone.');
      return session(claimsOf(row), renewed.refreshToken);
    },
    logout: (refreshToken) => sessions.end(refreshToken),
    remove: (userId) => write(() => void erase.run(userId)),
  };
};

const claimsOf = (row: Record<string, unknown>): Claims => JSON.parse(String(row['claims'])) as Claims;
