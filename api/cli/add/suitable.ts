import { AppError } from '../../../common/domain/errors.ts';
import { formatOf } from '../../../common/domain/format.ts';

/** Media types of formats that are text as they are; the others have NULs in them and are read all the same. */
const PLAIN = /^text\/|^application\/(json|yaml)$/;
const BYTE_ORDER_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** A NUL near the start, unless it is UTF-16: as git judges, too. */
const looksBinary = (head: Uint8Array): boolean => {
  const isUtf16 = BYTE_ORDER_MARKS.some((mark) => mark.every((byte, index) => head[index] === byte));
  return !isUtf16 && head.includes(0);
};

/** Throws `unsupported` for a file that holds no text to find. @param head its first 8 KB */
export const judgeFile = (name: string, { size, head }: { size: number; head: Uint8Array }): void => {
  if (size === 0) throw new AppError('unsupported', 'empty');
  if (PLAIN.test(formatOf(name).mediaType) && looksBinary(head))
    throw new AppError('unsupported', 'binary, of no kind that can be read');
};
