import { open } from 'node:fs/promises';
import { isMissing } from './file-errors.ts';

/**
 * Makes the renames in a folder last through a loss of power. While a folder is being synced, all who ask for the same
 * share the next sync, which begins after what each of them has renamed.
 */
export const folderSyncs = (): ((folder: string) => Promise<void>) => {
  const running = new Map<string, Promise<void>>();
  const following = new Map<string, Promise<void>>();

  const start = (folder: string): Promise<void> => {
    following.delete(folder);
    const sync = syncFolder(folder).finally(() => running.delete(folder));
    running.set(folder, sync);
    return sync;
  };

  return (folder) => {
    const current = running.get(folder);
    if (current === undefined) return start(folder);
    const begin = () => start(folder);
    const next = following.get(folder) ?? current.then(begin, begin);
    following.set(folder, next);
    return next;
  };
};

/** Windows has no such call and does not need it. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  try {
    await using handle = await open(folder);
    await handle.sync();
  } catch (error) {
    if (!isMissing(error)) throw error; // deleted meanwhile, together with what was put
  }
};
