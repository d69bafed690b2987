import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { metadataProto } from './onnx.ts';
import type { Encoded } from './protobuf.ts';

const READ_BYTES = 1 << 20;

/** The note that ends a file of ours, the digest of all before it; to readers of ONNX it is metadata. */
const seal = (sha256: string): Buffer => Buffer.concat(metadataProto('sha256', sha256).pieces);
const SEAL_BYTES = seal('0'.repeat(64)).length;

const digestOf = (file: number, end: number): string => {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(READ_BYTES);
  for (let at = 0; at < end; ) {
    const count = readSync(file, buffer, 0, Math.min(READ_BYTES, end - at), at);
    if (count === 0) break;
    hash.update(buffer.subarray(0, count));
    at += count;
  }
  return hash.digest('hex');
};

const withFile = <T>(path: string, flags: string, use: (file: number) => T): T => {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
};

/** SHA-256 of a whole file, in lower-case hex. */
export const sha256OfFile = (path: string): string =>
  withFile(path, 'r', (file) => digestOf(file, fstatSync(file).size));

const writeFully = (file: number, piece: Uint8Array): void => {
  for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
};

/** Writes a new file with its seal, down to the disk. */
export const writeSealed = (path: string, { pieces }: Encoded): void =>
  withFile(path, 'wx', (file) => {
    const hash = createHash('sha256');
    for (const piece of pieces) {
      hash.update(piece);
      writeFully(file, piece);
    }
    writeFully(file, seal(hash.digest('hex')));
    fsyncSync(file);
  });

/** Whether every byte is as it was written. Throws ENOENT where nothing is. */
export const isWhole = (path: string): boolean =>
  withFile(path, 'r', (file) => {
    const end = fstatSync(file).size - SEAL_BYTES;
    if (end <= 0) return false;
    const found = Buffer.alloc(SEAL_BYTES);
    readSync(file, found, 0, SEAL_BYTES, end);
    return found.equals(seal(digestOf(file, end)));
  });
