import type { Dirent } from 'node:fs';
import { readdir, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from './file-errors.ts';

/** The keys of all files below a folder, in byte order, after the given one. @param prefix the folder's key, with '/' */
export async function* filesUnder(folder: string, prefix: string, after = ''): AsyncGenerator<string> {
  const entries = (await entriesOf(folder)).map((entry) => ({
    entry,
    key: `${prefix}${entry.name}${entry.isDirectory() ? '/' : ''}`, // with its '/' a folder sorts as its keys do
  }));
  entries.sort((a, b) => compareBytes(a.key, b.key));
  for (const { entry, key } of entries) {
    if (entry.isDirectory()) {
      if (after.startsWith(key) || compareBytes(key, after) > 0)
        yield* filesUnder(join(folder, entry.name), key, after);
    } else if (compareBytes(key, after) > 0) yield key;
  }
}

/** Removes a folder, and those above it that are left empty, up to `root`. Returns how many files there were. */
export const removeTree = async (folder: string, root: string): Promise<number> => {
  const removed = await emptyTree(folder);
  await removeEmptyAbove(folder, root);
  return removed;
};

/** Removes a file where it is one, and the folders above it that are left empty, up to `root`. */
export const removeFile = async (file: string, root: string): Promise<void> => {
  const entry = await stat(file).catch(ignoreMissing);
  if (entry?.isFile()) await unlink(file).catch(ignoreMissing);
  await removeEmptyAbove(file, root);
};

const removeEmptyAbove = async (path: string, root: string): Promise<void> => {
  for (let parent = dirname(path); parent !== root; parent = dirname(parent)) {
    if (!(await removeIfEmpty(parent))) break;
  }
};

const emptyTree = async (folder: string): Promise<number> => {
  let removed = 0;
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removed += await emptyTree(path);
    else removed += (await unlink(path).then(() => 1, ignoreMissing)) ?? 0;
  }
  await removeIfEmpty(folder);
  return removed;
};

const entriesOf = (folder: string): Promise<Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });

const ignoreMissing = (error: unknown): undefined => {
  if (isMissing(error)) return;
  throw error;
};

const removeIfEmpty = async (folder: string): Promise<boolean> => {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (isMissing(error)) return true;
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST'))
      return false;
    throw error;
  }
};

const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
