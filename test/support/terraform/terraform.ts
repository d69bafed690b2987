import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface Ran {
  readonly code: number;
  /** What it wrote to standard output. */
  readonly output: string;
  /** That, and its faults. */
  readonly all: string;
}

export interface Terraform {
  /** Runs a command of Terraform in a folder. Throws where there is no Terraform. */
  run(folder: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
}

/** @param env added to each run: where providers are */
export const terraformWith = (env: Readonly<Record<string, string>>): Terraform => ({
  async run(folder, args, more = {}) {
    const quiet = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0', AWS_EC2_METADATA_DISABLED: 'true' };
    const child = spawn('terraform', [...args], {
      cwd: folder,
      env: { ...process.env, ...quiet, ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
    const [code, output, faults] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
    return { code, output, all: `${output}${faults}` };
  },
});
