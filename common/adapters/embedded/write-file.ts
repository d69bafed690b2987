import { type FileHandle, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing } from './file-errors.ts';

const ATTEMPTS_MOST = 20;

/** Writes a new file and closes it: on disk, not just in its cache, when it returns. Returns the bytes written. */
export const writeThrough = async (opened: FileHandle, body: AsyncIterable<Uint8Array>): Promise<number> => {
  await using file = opened;
  let size = 0;
  for await (const part of body) {
    await file.appendFile(part);
    size += part.byteLength;
  }
  await file.sync();
  return size;
};

/** Makes the folder where it is missing, and again where a deletion has just pruned it. */
export const inFolderOf = async <Result>(path: string, act: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (attempt > 1) await mkdir(dirname(path), { recursive: true });
      return await act();
    } catch (error) {
      if (!isMissing(error) || attempt === ATTEMPTS_MOST) throw error;
    }
  }
};
