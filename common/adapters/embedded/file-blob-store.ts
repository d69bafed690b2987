import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../domain/errors.ts';
import type { BlobStore } from '../../ports/blob-store.ts';
import { fileErrorOf, isMissing } from './file-errors.ts';
import { filesUnder, removeTree } from './file-tree.ts';

const PAGE = 1_000;
const KEY_BYTES_MOST = 1_024;
const RENAMES_MOST = 3;

/** @param aside a folder of this process alone, on the same disk as `root` */
export const fileBlobStore = (root: string, aside: string): BlobStore => {
  const pathOf = (key: string): string => join(root, ...checkedKey(key).split('/'));
  return {
    async put(key, body) {
      const path = pathOf(key);
      const part = join(aside, randomUUID());
      try {
        const size = await writeThrough(part, body);
        await moveInto(path, part);
        return size;
      } catch (error) {
        await rm(part, { force: true });
        throw fileErrorOf(error);
      }
    },
    async get(key, range) {
      const handle = await openBlob(pathOf(key), key);
      const { size } = await handle.stat();
      const part = range === undefined ? {} : { start: range.start, end: range.end - 1 };
      return { size, body: handle.createReadStream(part) };
    },
    async list(prefix, after) {
      const keys: string[] = [];
      for await (const key of filesUnder(pathOf(prefix), prefix, after)) {
        if (keys.push(key) === PAGE) break;
      }
      return keys;
    },
    async deleteAll(prefix) {
      try {
        return await removeTree(pathOf(prefix), root);
      } catch (error) {
        throw fileErrorOf(error);
      }
    },
  };
};

const checkedKey = (key: string): string => {
  const segments = key.replace(/\/$/, '').split('/');
  const bad = segments.some((segment) => segment === '' || segment === '.' || segment === '..');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (bad || /[\u0000-\u001f\\:]/.test(key) || Buffer.byteLength(key) > KEY_BYTES_MOST) {
    throw new AppError('invalid', `${JSON.stringify(key.slice(0, 100))} is not a key for a blob.`);
  }
  return segments.join('/');
};

/** On disk, not just in its cache, when it returns. */
const writeThrough = async (path: string, body: AsyncIterable<Uint8Array>): Promise<number> => {
  await mkdir(dirname(path), { recursive: true });
  const file = createWriteStream(path, { flush: true });
  await pipeline(body, file);
  return file.bytesWritten;
};

/** Tries again where a deletion has just pruned the folder. */
const moveInto = async (path: string, part: string): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    await mkdir(dirname(path), { recursive: true });
    try {
      await rename(part, path);
      return await syncFolder(dirname(path));
    } catch (error) {
      if (!isMissing(error) || attempt === RENAMES_MOST) throw error;
    }
  }
};

/** Makes a rename last through a loss of power; Windows has no such call and does not need it. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  await using handle = await open(folder);
  await handle.sync();
};

const openBlob = async (path: string, key: string): Promise<FileHandle> => {
  try {
    return await open(path);
  } catch (cause) {
    if (isMissing(cause)) throw new AppError('not_found', `There is no blob ${key}.`, { cause });
    throw fileErrorOf(cause);
  }
};
