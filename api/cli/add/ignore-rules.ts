import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Which paths the .gitignore files of one walk leave out. */
export interface IgnoreRules {
  /** @param path absolute; below the folder that these rules are for */
  ignores(path: string, isFolder: boolean): boolean;
  /** With those of a folder below added; the innermost that has a word on a path decides. */
  within(folder: string): Promise<IgnoreRules>;
}

interface Level {
  readonly folder: string;
  rules: Ignore;
  tested: number;
}

/** Git itself reads larger ones; no person writes them. */
const MAX_FILE_BYTES = 1024 * 1024;
/** `ignore` remembers each path that it has judged: past so many, it starts with the same rules anew. */
const MAX_REMEMBERED = 10_000;
/** As git is set up by default on these systems. */
const OPTIONS = { ignorecase: process.platform === 'win32' || process.platform === 'darwin' };

const levelOf = async (folder: string): Promise<Level[]> => {
  const path = join(folder, '.gitignore');
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) return [];
    return [{ folder, rules: ignore(OPTIONS).add(await readFile(path, 'utf8')), tested: 0 }];
  } catch {
    return []; // not there, or not to be read: git does the same
  }
};

const judge = (level: Level, path: string, isFolder: boolean) => {
  level.tested += 1;
  if (level.tested % MAX_REMEMBERED === 0) level.rules = ignore(OPTIONS).add(level.rules);
  const below = relative(level.folder, path).split(sep).join('/');
  return level.rules.test(isFolder ? `${below}/` : below);
};

const rulesOf = (levels: readonly Level[]): IgnoreRules => ({
  ignores(path, isFolder) {
    for (const level of levels.toReversed()) {
      const { ignored, unignored } = judge(level, path, isFolder);
      if (ignored || unignored) return ignored;
    }
    return false;
  },
  async within(folder) {
    const added = await levelOf(folder);
    return added.length === 0 ? rulesOf(levels) : rulesOf([...levels, ...added]);
  },
});

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The folders above, outermost first, of the repository that `folder` is in; none outside of one, or at its root. */
const foldersAbove = async (folder: string): Promise<string[]> => {
  const above: string[] = [];
  for (let at = folder; ; ) {
    if (await exists(join(at, '.git'))) return above;
    const parent = dirname(at);
    if (parent === at) return [];
    above.unshift(parent);
    at = parent;
  }
};

/**
 * The rules from above a folder that somebody named: of its repository.
 * Where they leave out that folder itself they do not count: it was asked for.
 * @param folder absolute
 */
export const rulesAbove = async (folder: string): Promise<IgnoreRules> => {
  const levels: Level[] = [];
  for (const above of await foldersAbove(folder)) levels.push(...(await levelOf(above)));
  const rules = rulesOf(levels);
  return rules.ignores(folder, true) ? rulesOf([]) : rules;
};
