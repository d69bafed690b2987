import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** OWASP's minimum for scrypt (password storage cheat sheet); 32 MB and about 80 ms each. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

const stored = (salt: Buffer, hash: Buffer): string =>
  ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');

/** Costs as much to compare with as any other, and nothing fits it. */
export const HASH_OF_NOBODY = stored(Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

/** `scrypt$N$r$p$salt$hash`, so that the cost can rise and old hashes stay good. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES);
  return stored(salt, await derive(password.normalize('NFKC'), salt, HASH_BYTES, COST));
};

/** In constant time for one cost. */
export const passwordFits = async (password: string, known: string): Promise<boolean> => {
  const [, n, r, p, salt = '', hash = ''] = known.split('$');
  const expected = Buffer.from(hash, 'base64url');
  const cost = { N: Number(n), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64url'), expected.length, cost);
  return timingSafeEqual(given, expected);
};
