import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Checks } from '../support/terraform/checks.ts';
import { faultsOf, type ModuleFiles } from '../support/terraform/hygiene.ts';
import type { Terraform } from '../support/terraform/terraform.ts';
import type { WorkFolder } from '../support/terraform/work-folder.ts';

/** Folders that can be applied by themselves; validating them validates what they call. */
const ROOTS = ['.', 'bootstrap', 'examples/complete'];

/** Throws with what Terraform said when it failed. */
export const mustRun = async (terraform: Terraform, folder: string, args: readonly string[]): Promise<string> => {
  const { code, output, all } = await terraform.run(folder, args);
  if (code !== 0) throw new Error(`terraform ${args.join(' ')} in ${folder}:\n${all.slice(-4_000)}`);
  return output;
};

/** What can be said of the files alone: their form, that they are whole, and that they fit together. */
export const checkStatically = async ({ check }: Checks, terraform: Terraform, work: WorkFolder): Promise<void> => {
  await check('terraform fmt', async () => {
    await mustRun(terraform, work.path, ['fmt', '-check', '-recursive', '-diff']);
  });
  for (const module of work.modules) {
    await check(`hygiene of ${module}`, async () => {
      const faults = faultsOf(await filesOf(join(work.path, module)));
      if (faults.length > 0) throw new Error(faults.join('\n'));
    });
  }
  for (const root of ROOTS) {
    await check(`terraform validate in ${root}`, async () => {
      await mustRun(terraform, join(work.path, root), ['validate', '-no-color']);
    });
  }
};

const filesOf = async (folder: string): Promise<ModuleFiles> => {
  const files: Record<string, string> = {};
  for await (const file of glob('*.tf', { cwd: folder }))
    files[basename(file)] = await readFile(join(folder, file), 'utf8');
  return files;
};
