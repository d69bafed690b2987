/** Why a file or folder was not taken, for people. */

/** What is wrong with one file; the others go on. */
export class FaultyFile extends Error {}

/** Not for this assistant: binary, empty, too large. Where it was met in a folder, no fault. */
export class UnsuitableFile extends FaultyFile {}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file (any more)',
  ENOTDIR: 'there is no such file',
  EACCES: 'it cannot be read: permission denied',
  EPERM: 'it cannot be read: permission denied',
  ELOOP: 'a link that leads to itself, or that was put in its place just now',
  ENAMETOOLONG: 'its path is too long',
  EISDIR: 'it is a folder now',
  EMFILE: 'too many files are open',
  EIO: 'the disk cannot read it',
  ESTALE: 'the network drive it is on has lost it',
};

/** @param error thrown by node:fs, or one of ours */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? error.message;
};
