import { AppError } from './errors.ts';

interface Cut {
  /** Bytes. */
  readonly size: number;
  /** Bytes of each part but the last; absent: one part. */
  readonly partSize?: number | undefined;
  /** One for each part. */
  readonly checksums: readonly string[];
}

export interface TransferPart {
  /** From 1. */
  readonly partNumber: number;
  /** Bytes. */
  readonly size: number;
  readonly checksum: string;
}

/** The parts that a transfer is cut into, in order. Throws `invalid` unless there is a checksum for each. */
export const partsOfTransfer = ({ size, partSize = size, checksums }: Cut): TransferPart[] => {
  if (checksums.length !== Math.max(1, Math.ceil(size / Math.max(1, partSize)))) {
    throw new AppError('invalid', `${size} bytes in parts of ${partSize} do not make ${checksums.length} parts.`);
  }
  return checksums.map((checksum, index) => ({
    partNumber: index + 1,
    size: Math.min(partSize, size - index * partSize),
    checksum,
  }));
};

/** Those of the numbers, in the order asked for. Throws `invalid` for a number that no part has. */
export const pickParts = (parts: readonly TransferPart[], partNumbers: readonly number[]): TransferPart[] =>
  partNumbers.map((partNumber) => {
    const part = parts[partNumber - 1];
    if (part === undefined)
      throw new AppError('invalid', `There is no part ${partNumber}: the last is ${parts.length}.`);
    return part;
  });
