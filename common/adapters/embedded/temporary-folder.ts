import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, processName } from './process-name.ts';

/** A folder for this process's unfinished files; removes what processes left behind that were killed. */
export const openTemporaryFolder = async (root: string): Promise<string> => {
  const own = join(root, processName());
  await mkdir(own, { recursive: true });
  await sweepTemporary(root);
  return own;
};

const sweepTemporary = async (root: string): Promise<void> => {
  for (const name of await readdir(root)) {
    if (isGone(name)) await rm(join(root, name), { recursive: true, force: true });
  }
};
