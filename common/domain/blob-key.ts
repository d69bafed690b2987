import { AppError } from './errors.ts';

const KEY_BYTES_MOST = 1_024;
const PART_BYTES_MOST = 255; // of a file's name, in most file systems

/** Between its slashes. Throws `invalid` for a key that is not the name of one file below a root, in every home alike. */
export const partsOfKey = (key: string): string[] => {
  const parts = key.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f\\:]/.test(key) || !key.isWellFormed()) throw badKey(key);
  if (parts.some(isBadPart) || Buffer.byteLength(key) > KEY_BYTES_MOST) throw badKey(key);
  return parts;
};

/** Throws `invalid` for what is not the key of a folder, which ends in '/'. */
export const partsOfFolder = (prefix: string): string[] => {
  if (!prefix.endsWith('/')) throw badKey(prefix);
  return partsOfKey(prefix.slice(0, -1));
};

const isBadPart = (part: string): boolean =>
  part === '' || part === '.' || part === '..' || Buffer.byteLength(part) > PART_BYTES_MOST;

const badKey = (key: string) =>
  new AppError('invalid', `${JSON.stringify(key.slice(0, 100))} is not a key for a blob.`);
