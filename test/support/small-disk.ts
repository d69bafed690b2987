import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary.ts';

/** A disk of its own, in memory. */
export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  /** Leaves no room on it. */
  fill(): Promise<void>;
  /** Makes room again. */
  free(): Promise<void>;
}

/** Undefined where this machine lets us mount none (it takes Linux and root). */
export const smallDisk = async (megabytes: number): Promise<SmallDisk | undefined> => {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  stack.defer(() => void execFileSync('umount', ['--lazy', path]));
  const filler = join(path, 'filler');
  const owned = stack.move();
  return {
    path,
    async fill() {
      await writeFile(filler, Buffer.alloc(megabytes * 2 ** 20)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error;
      });
    },
    free: () => rm(filler),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
