import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { BlobStore } from '../../ports/blob-store.ts';
import { fileErrorOf, isMissing } from './file-errors.ts';
import { filesUnder, removeTree } from './file-tree.ts';
import { folderSyncs } from './sync-folder.ts';

const PAGE = 1_000;
const KEY_BYTES_MOST = 1_024;
const PART_BYTES_MOST = 255; // of a file's name, in most file systems
const ATTEMPTS_MOST = 20;

/** @param aside a folder of this process alone, on the same disk as `folder` */
export const fileBlobStore = (folder: string, aside: string): BlobStore => {
  const root = resolve(folder);
  const syncFolder = folderSyncs();
  const pathOf = (key: string): string => join(root, ...partsOf(key));
  const folderOf = (prefix: string): string => {
    if (!prefix.endsWith('/')) throw badKey(prefix);
    return pathOf(prefix.slice(0, -1));
  };
  return {
    async put(key, body) {
      const path = pathOf(key);
      const part = join(aside, randomUUID());
      try {
        const size = await writeThrough(part, body);
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
  };
};

/** Throws `invalid` for a key that is not the name of one file below the root, the same on every system. */
const partsOf = (key: string): string[] => {
  const parts = key.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f\\:]/.test(key) || !key.isWellFormed()) throw badKey(key);
  if (parts.some(isBadPart) || Buffer.byteLength(key) > KEY_BYTES_MOST) throw badKey(key);
  return parts;
};

const isBadPart = (part: string): boolean =>
  part === '' || part === '.' || part === '..' || Buffer.byteLength(part) > PART_BYTES_MOST;

const badKey = (key: string) =>
  new AppError('invalid', `${JSON.stringify(key.slice(0, 100))} is not a key for a blob.`);

/** On disk, not just in its cache, when it returns. */
const writeThrough = async (path: string, body: AsyncIterable<Uint8Array>): Promise<number> => {
  await using file = await inFolderOf(path, () => open(path, 'wx'));
  let size = 0;
  for await (const part of body) {
    await file.appendFile(part);
    size += part.byteLength;
  }
  await file.sync();
  return size;
};

/** Makes the folder where it is missing, and again where a deletion has just pruned it. */
const inFolderOf = async <Result>(path: string, act: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (attempt > 1) await mkdir(dirname(path), { recursive: true });
      return await act();
    } catch (error) {
      if (!isMissing(error) || attempt === ATTEMPTS_MOST) throw error;
    }
  }
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
