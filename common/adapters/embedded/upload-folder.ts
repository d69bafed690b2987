import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TransferPart } from '../../domain/transfer.ts';
import type { Begun } from '../../ports/uploads.ts';
import { json } from '../../runtime/json.ts';
import { isMissing } from './file-errors.ts';
import { folderSyncs } from './sync-folder.ts';
import { writeThrough } from './write-file.ts';

const TRANSFER = 'transfer.json';
const WHOLE_PART = /^\d{1,5}$/;

/**
 * What has come of transfers, on the disk alone: a folder for each, which holds the transfer, its whole parts under
 * their numbers, and those that are coming under other names. What breaks off goes with its folder.
 */
export const uploadFolder = (root: string) => {
  const syncFolder = folderSyncs();
  const folderOf = (token: string): string => join(root, token);

  const write = async (token: string, name: string, body: AsyncIterable<Uint8Array>): Promise<void> => {
    const aside = join(folderOf(token), `${randomUUID()}.part`);
    try {
      await writeThrough(await open(aside, 'wx'), body);
      await rename(aside, join(folderOf(token), name));
      await syncFolder(folderOf(token));
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  };

  return {
    async begin(transfer: Begun): Promise<void> {
      await mkdir(folderOf(transfer.token), { recursive: true });
      await write(transfer.token, TRANSFER, json(transfer));
      await syncFolder(root);
    },
    /** Undefined when there is none (any more). */
    async find(token: string): Promise<Begun | undefined> {
      try {
        return JSON.parse(await readFile(join(folderOf(token), TRANSFER), 'utf8')) as Begun;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    /** Throws what `body` throws, and then keeps nothing; ENOENT when the transfer has ended. */
    write: (token: string, partNumber: number, body: AsyncIterable<Uint8Array>) =>
      write(token, String(partNumber), body),
    /** The parts that are there; undefined when there is no such transfer (any more). */
    async held(token: string, parts: readonly TransferPart[]): Promise<TransferPart[] | undefined> {
      try {
        const names = (await readdir(folderOf(token))).filter((name) => WHOLE_PART.test(name));
        const numbers = new Set(names.map(Number));
        return parts.filter(({ partNumber }) => numbers.has(partNumber));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    /** The bytes of the parts, one after the other. Throws ENOENT when one is not there. */
    async *read(token: string, parts: readonly TransferPart[]): AsyncGenerator<Uint8Array> {
      for (const { partNumber } of parts) yield* createReadStream(join(folderOf(token), String(partNumber)));
    },
    /** Renamed first: from then on nothing more comes into it. */
    async remove(token: string): Promise<void> {
      const gone = `${folderOf(token)}.gone`;
      await rm(gone, { recursive: true, force: true }); // a crash has left it
      try {
        await rename(folderOf(token), gone);
        await syncFolder(root);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
      await rm(gone, { recursive: true, force: true });
    },
  };
};

export type UploadFolder = ReturnType<typeof uploadFolder>;
