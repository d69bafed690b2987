import { statSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, processName } from './process-name.ts';

/** A folder for this process's unfinished files; removes what processes left behind that were killed. */
export const openTemporaryFolder = async (root: string): Promise<string> => {
  const own = join(root, processName());
  await mkdir(own, { recursive: true });
  await sweep(root, isGone);
  await sweep(own, (name) => isOlderThanThis(join(own, name))); // left by a namesake: containers give the same pid again
  return own;
};

const isOlderThanThis = (path: string): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < performance.timeOrigin;

const sweep = async (folder: string, isLeft: (name: string) => boolean): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (isLeft(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
};
