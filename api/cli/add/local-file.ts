import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../../common/domain/errors.ts';
import type { FoundFile } from './walk.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A file of this machine, open: the same one from the first look to the last byte, whatever happens to its path. */
export interface LocalFile extends AsyncDisposable {
  /** Bytes, as they were when it was opened. */
  readonly size: number;
  /** The first 8 KB. */
  readonly head: Uint8Array;
  /** All `size` bytes, or those from `start` to before `end`. Throws `unreadable` when there are fewer by now. */
  read(range?: Range): AsyncGenerator<Uint8Array>;
  /** Lower-case hex. */
  sha256(): Promise<string>;
  /** Whether somebody has written to it since it was opened. */
  hasChanged(): Promise<boolean>;
}

const HEAD_BYTES = 8 * 1024;
const PIECE_BYTES = 256 * 1024;
/** A pipe or a device that has taken the place of a file must not hold us up. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const WITHOUT_FOLLOWING = WITHOUT_WAITING | (constants.O_NOFOLLOW ?? 0);

async function* pieces(file: FileHandle, { start, end }: Range): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end; ) {
    const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, end - position));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) throw new AppError('unreadable', 'it became shorter while it was read; add it again');
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const headOf = async (file: FileHandle, size: number): Promise<Uint8Array> => {
  for await (const piece of pieces(file, { start: 0, end: Math.min(size, HEAD_BYTES) })) return piece;
  return new Uint8Array();
};

/** Throws what node:fs throws, and `unreadable` for what is no plain file. */
export const openLocalFile = async ({ path, named }: Pick<FoundFile, 'path' | 'named'>): Promise<LocalFile> => {
  await using opened = new AsyncDisposableStack();
  const file = opened.use(await open(path, named ? WITHOUT_WAITING : WITHOUT_FOLLOWING));
  const { size, mtimeMs, isFile } = await file.stat().then((at) => ({ ...at, isFile: at.isFile() }));
  if (!isFile) throw new AppError('unreadable', 'not a plain file');
  const head = await headOf(file, size);
  const whole = { start: 0, end: size };
  const owned = opened.move();
  return {
    size,
    head,
    read: (range = whole) => pieces(file, range),
    async sha256() {
      const hash = createHash('sha256');
      for await (const piece of pieces(file, whole)) hash.update(piece);
      return hash.digest('hex');
    },
    async hasChanged() {
      const now = await file.stat();
      return now.size !== size || now.mtimeMs !== mtimeMs;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
