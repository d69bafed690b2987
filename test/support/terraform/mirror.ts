import { readdir, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PROVIDER = join('registry.terraform.io', 'hashicorp', 'aws');
const DEEP = 4;
const FOLDERS_MOST = 5_000;
/** Where people and systems put what is shared. */
const PLACES = ['/opt', '/usr/share', '/usr/local/share', '/usr/lib', '/usr/local/lib', '/srv', '/var/lib'];

/**
 * A folder that holds the AWS provider as a mirror does, so that nothing need be downloaded; undefined where none is
 * found. TERRAFORM_PROVIDER_MIRROR names one.
 */
export const findMirror = async (env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  const named = env['TERRAFORM_PROVIDER_MIRROR'];
  if (named) return named;
  let looks = FOLDERS_MOST;
  const search = async (folder: string, depth: number): Promise<string | undefined> => {
    if (looks-- <= 0) return undefined;
    if (await isFolder(join(folder, PROVIDER))) return folder;
    if (depth === 0) return undefined;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.git')) continue;
      const found = await search(join(folder, entry.name), depth - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const place of [join(homedir(), '.terraform.d'), join(homedir(), '.local', 'share'), ...PLACES]) {
    const found = await search(place, DEEP);
    if (found !== undefined) return found;
  }
  return undefined;
};

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

/** Terraform's own configuration that takes the provider from there. Returns the file. */
export const writeMirrorConfiguration = async (folder: string, mirror: string): Promise<string> => {
  const file = join(folder, 'terraform.rc');
  const include = 'include = ["registry.terraform.io/hashicorp/aws"]';
  const text = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n    ${include}\n  }\n}\n`;
  await writeFile(file, text);
  return file;
};
