import type { Dirent } from 'node:fs';
import { lstat, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../common/domain/errors.ts';
import { type IgnoreRules, rulesAbove } from './ignore-rules.ts';
import { faultOf } from './reasons.ts';
import type { Root } from './roots.ts';

/** A file that may be sent. */
export interface FoundFile {
  readonly kind: 'file';
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder around what was named, with '/'; not yet as the server keeps it. */
  readonly name: string;
  /** Named by itself, not met in a folder. */
  readonly named: boolean;
}

/** Something that is not looked into, and why. */
export interface Obstacle {
  readonly kind: 'skipped' | 'failed';
  readonly name: string;
  readonly reason: string;
}

/** Left out by a .gitignore, or as one of the folders that hold what others wrote. */
interface Ignored {
  readonly kind: 'ignored';
}

export type Found = FoundFile | Obstacle | Ignored;

/** Version control, packages and caches: never what somebody wants to ask about. */
const NEVER = new Set([
  ...['.git', '.hg', '.svn', '.jj', 'CVS', 'node_modules', 'bower_components', 'jspm_packages', '.yarn', '.pnpm-store'],
  ...['.venv', '__pycache__', '.tox', '.nox', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.ipynb_checkpoints'],
  ...['.gradle', '.terraform', '.next', '.nuxt', '.svelte-kit', '.turbo', '.parcel-cache', '.cache', '.DS_Store'],
]);
/** Each level keeps a folder open. */
const MAX_DEPTH = 100;

interface Place {
  readonly path: string;
  readonly name: string;
  readonly rules: IgnoreRules;
  readonly depth: number;
}

type Kind = 'file' | 'folder' | 'link' | 'other';

const kindOf = (entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): Kind => {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
};

/** Some file systems do not say with the name what it is. */
const kindAt = async (path: string, entry: Dirent): Promise<Kind> => {
  const kind = kindOf(entry);
  return kind === 'other' ? kindOf(await lstat(path)) : kind;
};

const failed = (name: string, error: unknown): Obstacle => ({ kind: 'failed', name, reason: faultOf(error).reason });

/** Node puts a mark in the place of bytes that are not UTF-8; the path that it gives then leads nowhere. */
const isMisnamed = async (path: string, { name }: Dirent): Promise<boolean> =>
  name.includes('\ufffd') &&
  (await lstat(path).then(
    () => false,
    () => true,
  ));

async function* entry(place: Place, dirent: Dirent): AsyncGenerator<Found> {
  const path = join(place.path, dirent.name);
  const name = `${place.name}${dirent.name}`;
  if (await isMisnamed(path, dirent)) throw new AppError('unreadable', 'its name is not valid UTF-8: rename it');
  const kind = await kindAt(path, dirent);
  if (NEVER.has(dirent.name) || place.rules.ignores(path, kind === 'folder')) yield { kind: 'ignored' };
  else if (kind === 'folder') yield* folder({ ...place, path, name: `${name}/`, depth: place.depth + 1 });
  else if (kind === 'file') yield { kind: 'file', path, name, named: false };
  else yield { kind: 'skipped', name, reason: kind === 'link' ? 'a link: links are not followed' : 'not a plain file' };
}

async function* folder(place: Place): AsyncGenerator<Found> {
  if (place.depth > MAX_DEPTH) {
    yield { kind: 'failed', name: place.name, reason: `more than ${MAX_DEPTH} folders deep` };
    return;
  }
  try {
    const rules = await place.rules.within(place.path);
    for await (const dirent of await opendir(place.path)) {
      try {
        yield* entry({ ...place, rules }, dirent);
      } catch (error) {
        yield failed(`${place.name}${dirent.name}`, error);
      }
    }
  } catch (error) {
    yield failed(place.name, error);
  }
}

async function* root({ path, name }: Root): AsyncGenerator<Found> {
  const named = await stat(path);
  if (named.isFile()) yield { kind: 'file', path, name, named: true };
  else if (named.isDirectory()) yield* folder({ path, name: `${name}/`, rules: await rulesAbove(path), depth: 0 });
  else throw new AppError('unreadable', 'not a plain file');
}

/**
 * What the named files and folders hold, folder by folder, one entry at a time, so that memory does not grow with it.
 * A link is followed only where it was named itself. Never throws: what cannot be read is told as `failed`.
 */
export async function* walk(roots: readonly Root[]): AsyncGenerator<Found> {
  for (const each of roots) {
    try {
      yield* root(each);
    } catch (error) {
      yield failed(each.name, error);
    }
  }
}
