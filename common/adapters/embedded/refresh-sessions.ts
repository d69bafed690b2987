import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import type { Database } from './database.ts';

const REFRESH_DAYS = 30;
const DAY_MS = 86_400_000;
const EXPIRED_AT_ONCE = 100;

/** Refresh tokens: kept as hashes, used once, in families; one that comes twice was stolen and ends its family. */
export const refreshSessions = ({ connection, write }: Database) => {
  const person = connection.prepare('select 1 from credential where userId = ?');
  const insert = connection.prepare('insert into session (tokenHash, family, userId, expiresAt) values (?, ?, ?, ?)');
  const select = connection.prepare('select family, userId, expiresAt, used from session where tokenHash = ?');
  const spend = connection.prepare('update session set used = 1 where tokenHash = ?');
  const endFamily = connection.prepare('delete from session where family = ?');
  const forget = connection.prepare(
    'delete from session where tokenHash in (select tokenHash from session where expiresAt < ? limit ?)',
  );

  const issue = (userId: string, family: string): string => {
    const token = randomBytes(32).toString('base64url');
    forget.run(Date.now(), EXPIRED_AT_ONCE);
    insert.run(hashOf(token), family, userId, Date.now() + REFRESH_DAYS * DAY_MS);
    return token;
  };

  return {
    /** Throws `unauthenticated` when the person was removed meanwhile. */
    begin: (userId: string): Promise<string> =>
      write(() => {
        if (person.get(userId) === undefined) throw new AppError('unauthenticated', 'The account is gone.');
        return issue(userId, randomUUID());
      }),
    /** Throws `unauthenticated`. */
    async renew(token: string): Promise<{ userId: string; refreshToken: string }> {
      const renewed = await write(() => {
        const row = select.get(hashOf(token));
        if (row === undefined || Number(row['expiresAt']) < Date.now()) return undefined;
        const family = String(row['family']);
        if (row['used'] === 1) {
          endFamily.run(family);
          return undefined;
        }
        spend.run(hashOf(token));
        const userId = String(row['userId']);
        return { userId, refreshToken: issue(userId, family) };
      });
      if (renewed === undefined) {
        throw new AppError('unauthenticated', 'The session is over or was used elsewhere: log in again.');
      }
      return renewed;
    },
    end: (token: string): Promise<void> =>
      write(() => {
        const row = select.get(hashOf(token));
        if (row !== undefined) endFamily.run(String(row['family']));
      }),
  };
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
