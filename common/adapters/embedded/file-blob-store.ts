import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { partsOfFolder, partsOfKey } from '../../domain/blob-key.ts';
import { AppError } from '../../domain/errors.ts';
import type { BlobStore } from '../../ports/blob-store.ts';
import { fileErrorOf, isMissing } from './file-errors.ts';
import { filesUnder, removeFile, removeTree } from './file-tree.ts';
import { folderSyncs } from './sync-folder.ts';
import { inFolderOf, writeThrough } from './write-file.ts';

const PAGE = 1_000;

export interface FileBlobStore extends BlobStore {
  /** One object alone; succeeds where it is not. */
  remove(key: string): Promise<void>;
  /** Bytes; undefined where there is none. */
  sizeOf(key: string): Promise<number | undefined>;
}

/** @param aside a folder of this process alone, on the same disk as `folder` */
export const fileBlobStore = (folder: string, aside: string): FileBlobStore => {
  const root = resolve(folder);
  const syncFolder = folderSyncs();
  const pathOf = (key: string): string => join(root, ...partsOfKey(key));
  const folderOf = (prefix: string): string => join(root, ...partsOfFolder(prefix));
  return {
    async put(key, body) {
      const path = pathOf(key);
      const part = join(aside, randomUUID());
      try {
        const size = await writeThrough(await inFolderOf(part, () => open(part, 'wx')), body);
        await inFolderOf(path, () => rename(part, path));
        await syncFolder(dirname(path));
        return size;
      } catch (error) {
        await rm(part, { force: true });
        throw fileErrorOf(error);
      }
    },
    async get(key, range) {
      const { handle, size } = await openBlob(pathOf(key), key);
      const part = range === undefined ? {} : { start: range.start, end: range.end - 1 };
      return { size, body: handle.createReadStream(part) };
    },
    async list(prefix, after) {
      const path = folderOf(prefix);
      const keys: string[] = [];
      try {
        for await (const key of filesUnder(path, prefix, after)) {
          if (keys.push(key) === PAGE) break;
        }
        return keys;
      } catch (error) {
        throw fileErrorOf(error);
      }
    },
    async addressOf() {
      return undefined;
    },
    async deleteAll(prefix) {
      const path = folderOf(prefix);
      try {
        return await removeTree(path, root);
      } catch (error) {
        throw fileErrorOf(error);
      }
    },
    async remove(key) {
      const path = pathOf(key);
      try {
        await removeFile(path, root);
      } catch (error) {
        throw fileErrorOf(error);
      }
    },
    async sizeOf(key) {
      const path = pathOf(key);
      try {
        const entry = await stat(path);
        return entry.isFile() ? entry.size : undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw fileErrorOf(error);
      }
    },
  };
};

const openBlob = async (path: string, key: string): Promise<{ handle: FileHandle; size: number }> => {
  try {
    await using opened = new AsyncDisposableStack();
    const handle = opened.use(await open(path));
    const stat = await handle.stat();
    if (!stat.isFile()) throw notFound(key);
    opened.move(); // whoever reads the body closes it
    return { handle, size: stat.size };
  } catch (cause) {
    throw isMissing(cause) ? notFound(key, cause) : fileErrorOf(cause);
  }
};

const notFound = (key: string, cause?: unknown) => new AppError('not_found', `There is no blob ${key}.`, { cause });
