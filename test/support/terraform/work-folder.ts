import { cp, glob, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TERRAFORM } from './written-from-program.ts';

export interface WorkFolder extends AsyncDisposable {
  readonly path: string;
  /** Where a provider that is downloaded is kept for all of them. */
  readonly plugins: string;
  /** Folders in it that hold Terraform files, by their path in terraform/; '.' is the root. */
  readonly modules: readonly string[];
}

/** A copy of terraform/ and of what it reads of common/, so that nothing is written into the work tree. */
export const workFolder = async (): Promise<WorkFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'assistant-terraform-'));
  const common = join(TERRAFORM, '..', 'common');
  await cp(TERRAFORM, join(path, 'terraform'), { recursive: true, filter: (source) => !source.endsWith('.terraform') });
  const plugins = join(path, 'plugins');
  for (const folder of [plugins, join(path, 'common')]) await mkdir(folder);
  for await (const file of glob('*.json', { cwd: common })) await cp(join(common, file), join(path, 'common', file));
  const modules = new Set<string>();
  for await (const file of glob('**/main.tf', { cwd: join(path, 'terraform') })) modules.add(dirname(file));
  const lock = join(path, 'terraform', '.terraform.lock.hcl');
  for (const module of modules) {
    if (module !== '.') await cp(lock, join(path, 'terraform', module, '.terraform.lock.hcl'));
  }
  return {
    path: join(path, 'terraform'),
    plugins,
    modules: [...modules].sort(),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
};

const provider = (alias: string) => `provider "aws" {
${alias}  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
  max_retries                 = 3
}
`;

/** Has a root module speak to an emulator, and keep its state beside it. */
export const forEmulator = (folder: string, aliases: readonly string[]): Promise<void> =>
  writeFile(
    join(folder, 'emulator_override.tf'),
    [
      'terraform {\n  backend "local" {}\n}\n',
      provider(''),
      ...aliases.map((alias) => provider(`  alias = "${alias}"\n`)),
    ].join('\n'),
  );
