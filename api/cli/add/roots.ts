import { basename, isAbsolute, relative, resolve, sep } from 'node:path';

/** A file or folder that was named on the command line. */
export interface Root {
  /** Absolute. */
  readonly path: string;
  /** What its documents' names begin with, or are: with '/'; empty for the root of a disk. */
  readonly name: string;
}

/** From where the person stands; what lies elsewhere, by its path from the top. */
const longName = (path: string, workingFolder: string): string => {
  const below = relative(workingFolder, path);
  const outside = below === '' || below.startsWith('..') || isAbsolute(below);
  return (outside ? path : below).split(sep).join('/').replace(/^\/+/, '');
};

/**
 * Each path once, in order. A document is named from its folder on (`docs/guide.md` for `docs`), a file by its own
 * name; where two have the same last name, each by its path, so that neither takes the other's place.
 */
export const rootsOf = (paths: readonly string[], workingFolder: string): Root[] => {
  const absolute = [...new Set(paths.map((path) => resolve(workingFolder, path)))];
  const shares = (path: string): boolean =>
    absolute.some((other) => other !== path && basename(other) === basename(path));
  return absolute.map((path) => ({ path, name: shares(path) ? longName(path, workingFolder) : basename(path) }));
};
