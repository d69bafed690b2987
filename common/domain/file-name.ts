import { AppError } from './errors.ts';

const MAX_BYTES = 1_024;
/** Control characters, and those that turn the direction of writing and so disguise an extension. */
const UNSEEN = /[\p{Cc}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu;
const DRIVE = /^[a-z]:$/i;

/** As forms write a quotation mark, by the WHATWG's rules. */
const QUOTE = '%22';

/**
 * A client's file name as we keep it: a relative path with '/', in NFC, that leaves no folder.
 * Throws `invalid` when nothing is left of it, and over 1,024 bytes.
 */
export const fileNameOf = (given: string): string => {
  const segments = given.toWellFormed().replaceAll(QUOTE, '"').replaceAll(UNSEEN, '').normalize('NFC').split(/[/\\]/);
  const [first = ''] = segments;
  const kept = segments
    .slice(DRIVE.test(first) ? 1 : 0)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  const fileName = kept.join('/');
  if (fileName === '') throw new AppError('invalid', 'The file has no name; give its part of the form a file name.');
  if (Buffer.byteLength(fileName) > MAX_BYTES) {
    throw new AppError('invalid', `The file's name is over ${MAX_BYTES} bytes; shorten it.`);
  }
  return fileName;
};
