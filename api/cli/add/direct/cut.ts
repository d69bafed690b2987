import { createHash } from 'node:crypto';
import type { LocalFile } from '../local-file.ts';

/** Bytes of a file, `end` excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const PART_BYTES = 8 * 1024 ** 2;
const PARTS_MOST = 1_000;

/** 8 MiB, or as many times that as it takes to have 1,000 parts at most. @param size of the file, in bytes */
export const partSizeFor = (size: number): number =>
  PART_BYTES * Math.max(1, Math.ceil(size / (PART_BYTES * PARTS_MOST)));

/** A file in parts of that size, the last one shorter. */
export const cut = (size: number, partSize: number): Stretch[] =>
  Array.from({ length: Math.ceil(size / partSize) }, (_, index) => ({
    start: index * partSize,
    end: Math.min(size, (index + 1) * partSize),
  }));

/** SHA-256 of each stretch, in base64. */
export const checksumsOf = async (
  file: Pick<LocalFile, 'read'>,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): Promise<string[]> => {
  const checksums: string[] = [];
  for (const stretch of stretches) {
    const hash = createHash('sha256');
    for await (const piece of file.read(stretch)) hash.update(piece);
    signal.throwIfAborted();
    checksums.push(hash.digest('base64'));
  }
  return checksums;
};
