import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../common/domain/errors.ts';
import { withFileLock } from './file-lock.ts';
import type { TokenStore, Tokens } from './tokens.ts';

/** For the eyes of their owner alone. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

const isTokens = (value: unknown): value is Tokens => {
  const { email, accessToken, expiresAt, refreshToken } = value as Record<keyof Tokens, unknown>;
  const texts = [email, accessToken, refreshToken].every((text) => typeof text === 'string' && text !== '');
  return texts && typeof expiresAt === 'number';
};

/** A file that is damaged counts as none: logging in again mends it. */
const parsed = (text: string): Tokens | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && isTokens(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const unwritable = (path: string) => (error: Error) => {
  throw new AppError('internal', `The login cannot be kept in ${path}: ${error.message}`, { cause: error });
};

/** One file for each server, named by its address. @param folder the program's own configuration folder */
export const fileTokens = (folder: string, server: string): TokenStore => {
  const path = join(folder, 'logins', `${encodeURIComponent(server)}.json`);
  const prepare = (): Promise<unknown> => mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });

  return {
    async read() {
      try {
        return parsed(await readFile(path, 'utf8'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new AppError('internal', `The login in ${path} cannot be read.`, { cause: error });
      }
    },
    /** Written beside and renamed: whoever reads meets the old one or the new one, whole. */
    async write(tokens) {
      const beside = `${path}.${randomUUID()}`;
      try {
        await prepare();
        await writeFile(beside, `${JSON.stringify(tokens)}\n`, { mode: FILE_MODE, flag: 'wx' });
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        unwritable(path)(error as Error);
      }
    },
    clear: () => rm(path, { force: true }),
    async exclusively(work) {
      await prepare().catch(unwritable(path));
      return withFileLock(`${path}.lock`, work);
    },
  };
};
