import { extname } from 'node:path';
import formats from '../../../common/formats.json' with { type: 'json' };
import { UnsuitableFile } from './reasons.ts';

/** Media types of formats that are text as they are; the others have NULs in them and are read all the same. */
const PLAIN = /^text\/|^application\/(json|yaml|xml)$/;
const BYTE_ORDER_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

const BINARY_EXTENSIONS: ReadonlySet<string> = new Set(
  Object.values(formats)
    .filter(({ mediaType }) => !PLAIN.test(mediaType))
    .flatMap(({ extensions }) => extensions),
);

/** A NUL near the start, unless it is UTF-16. git judges so, too. */
const looksBinary = (head: Uint8Array): boolean => {
  const isUtf16 = BYTE_ORDER_MARKS.some((mark) => mark.every((byte, index) => head[index] === byte));
  return !isUtf16 && head.includes(0);
};

/** Throws an UnsuitableFile for a file that holds no text to find. @param head its first 8 KB */
export const judgeFile = (name: string, { size, head }: { size: number; head: Uint8Array }): void => {
  if (size === 0) throw new UnsuitableFile('empty');
  const extension = extname(name).slice(1).toLowerCase();
  if (!BINARY_EXTENSIONS.has(extension) && looksBinary(head)) throw new UnsuitableFile('binary');
};
