import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const KEPT = join(tmpdir(), 'assistant-promtool');
const IN_PACKAGE = 'usr/bin/promtool';
const HELP = 'promtool is needed: install the package `prometheus`, or put promtool on the PATH.';

/** The program; where the machine has none, out of Debian's package, which is fetched once and not installed. */
export const findPromtool = async (): Promise<string> => {
  const kept = join(KEPT, IN_PACKAGE);
  for (const program of ['promtool', kept]) if (await answers(program)) return program;
  await fetchPackage().catch((cause: unknown) => {
    throw new Error(HELP, { cause });
  });
  return kept;
};

const answers = (program: string): Promise<boolean> =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  );

/** Aside, and then renamed: two may do so at once. */
const fetchPackage = async (): Promise<void> => {
  const aside = await mkdtemp(join(tmpdir(), 'assistant-promtool-'));
  try {
    await run('apt-get', ['download', 'prometheus'], { cwd: aside });
    const [file = ''] = await readdir(aside);
    const tree = join(aside, 'tree');
    await mkdir(tree);
    await run('dpkg', ['-x', join(aside, file), tree]);
    await rename(tree, KEPT).catch(async (error: unknown) => {
      if (!(await answers(join(KEPT, IN_PACKAGE)))) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
};
