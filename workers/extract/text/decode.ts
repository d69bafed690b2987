import { isUtf8 } from 'node:buffer';
import { AppError } from '../../../common/domain/errors.ts';
import { refuseBinary } from './binary.ts';
import { detected } from './charset.ts';

export interface Decoded {
  /** Well-formed, without NUL and byte order mark. */
  readonly text: string;
  /** The bytes are this text in UTF-8. */
  readonly verbatim: boolean;
}

/** More can be no text of MAX_CHUNKS chunks, and would not fit into memory. */
const MOST_BYTES = 256 * 1024 * 1024;

const MARKS: readonly (readonly [charset: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const charsetByMark = (bytes: Uint8Array): string | undefined =>
  MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];

const NUL = /\0/g;

/** Replaces one unit by one: positions stay. */
const withoutNul = (text: string): string => (text.includes('\0') ? text.replace(NUL, '\ufffd') : text);

/**
 * Text of any charset: by its byte order mark, else UTF-8 if it is valid, else as declared or detected.
 * Throws `unsupported` for what is no text, `too_large` past 256 MiB.
 * @param declared what the file says of itself
 */
export const decoded = async (bytes: Uint8Array, declared?: string): Promise<Decoded> => {
  if (bytes.length > MOST_BYTES) {
    throw new AppError('too_large', 'The file holds more text than one document may; split it and upload the parts.');
  }
  const marked = charsetByMark(bytes);
  if (marked === undefined) refuseBinary(bytes);
  if (marked === undefined && isUtf8(bytes)) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    const clean = withoutNul(text);
    return { text: clean, verbatim: clean === text };
  }
  const decoder = new TextDecoder(marked ?? declared ?? (await detected(bytes)));
  return { text: withoutNul(decoder.decode(bytes)), verbatim: false };
};
