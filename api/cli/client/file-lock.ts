import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../common/domain/errors.ts';

const POLL_MS = 50;
/** No work under this lock takes longer, so an older one was left behind by a process that died. */
const STALE_MS = 30_000;
const PATIENCE_MS = 2 * STALE_MS;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const taken = async (path: string): Promise<boolean> => {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    // On Windows a lock that is just being removed answers EPERM.
    if (['EEXIST', 'EPERM', 'EBUSY'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
};

/** Moved away under a name of its own first: of several that find it stale, one moves it. */
const removeStale = async (path: string): Promise<void> => {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || Date.now() - found.mtimeMs < STALE_MS) return;
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => {});
  await rm(aside, { force: true });
};

/**
 * One at a time among all processes that name this file. Meant for work of seconds.
 * Throws `conflict` when others hold it for a minute.
 */
export const withFileLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await taken(path))) {
    if (Date.now() > deadline) throw new AppError('conflict', `Another command holds ${path}. Try again.`);
    await removeStale(path);
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
};
