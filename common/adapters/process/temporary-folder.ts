import { statSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, processName } from './process-name.ts';

/** No upload takes as long: what is older, on a machine that cannot be asked, nobody finishes any more. */
const ABANDONED_MS = 24 * 3_600_000;

/** A folder for this process's unfinished files; removes what processes left behind that were killed. */
export const openTemporaryFolder = async (root: string): Promise<string> => {
  const own = join(root, processName());
  await mkdir(own, { recursive: true });
  await sweep(root, isGone);
  for (const name of await readdir(root)) {
    const folder = join(root, name);
    await sweep(folder, (entry) => ageOf(join(folder, entry)) > ABANDONED_MS);
  }
  return own;
};

const ageOf = (path: string): number => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());

const sweep = async (folder: string, isLeft: (name: string) => boolean): Promise<void> => {
  for (const name of await entriesOf(folder)) {
    if (isLeft(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
};

const entriesOf = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []; // another start was quicker, or a stray file
    throw error;
  });
