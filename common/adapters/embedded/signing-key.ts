import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../domain/errors.ts';

const KEY_BYTES = 32;

/**
 * The key that signs access tokens, made once; of two starts at the same time both get the same one.
 * Throws `invalid` for a file that holds less than a key.
 */
export const signingKey = (file: string): Uint8Array => {
  if (!existsSync(file)) makeKey(file);
  const key = readFileSync(file);
  if (key.length === KEY_BYTES) return key;
  throw new AppError('invalid', `${file} is damaged. Delete it and start again; everybody then has to log in anew.`);
};

const makeKey = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${randomUUID()}`;
  try {
    writeFileSync(aside, randomBytes(KEY_BYTES), { mode: 0o600, flush: true });
    linkSync(aside, file); // fails, unlike rename, when another start was first
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
};
