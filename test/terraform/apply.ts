import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Checks } from '../support/terraform/checks.ts';
import type { State } from '../support/terraform/state.ts';
import type { Terraform } from '../support/terraform/terraform.ts';
import { forEmulator, type WorkFolder } from '../support/terraform/work-folder.ts';
import { checkFit } from './fit.ts';
import { mustRun } from './static.ts';

/** The account that moto believes to be in. */
const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
const IMAGE = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/ai-assistant:1`;

interface Emulated {
  readonly checks: Checks;
  readonly terraform: Terraform;
  readonly work: WorkFolder;
}

interface Application {
  readonly folder: string;
  readonly variables: readonly string[];
}

const image = `-var=image=${IMAGE}`;
const BOOTSTRAP = { folder: 'bootstrap', variables: [`-var=region=${REGION}`, '-var=protected=false'] };
/** The provider looks at a new domain after ten minutes first: so what is applied has a collection. */
const DEV = { folder: '.', variables: ['-var-file=environments/dev.tfvars', image, '-var=search={kind="serverless"}'] };
const PROD = { folder: '.', variables: ['-var-file=environments/prod.tfvars', image] };
const COMPLETE = { folder: 'examples/complete', variables: [image, '-var=alarm_email=ops@example.org'] };

/** Applies to an emulator, asks what roles may do there, and destroys again. */
export const checkByApplying = async (emulated: Emulated): Promise<void> => {
  const { checks, terraform, work } = emulated;
  await forEmulator(join(work.path, BOOTSTRAP.folder), []);
  await forEmulator(work.path, ['replica']); // the example has it as a module, and its providers with it
  await applied(emulated, 'bootstrap', BOOTSTRAP);
  await applied(emulated, 'dev', {
    ...DEV,
    async look(folder) {
      const state: State = JSON.parse(await mustRun(terraform, folder, ['show', '-json']));
      await checkFit(checks, state, { account: ACCOUNT, region: REGION });
    },
  });
  await checks.check('plan prod', async () => {
    await mustRun(terraform, join(work.path, PROD.folder), ['plan', '-no-color', ...PROD.variables]);
  });
  await applied(emulated, 'examples/complete', COMPLETE);
};

const applied = async (
  { checks: { check }, terraform, work }: Emulated,
  name: string,
  {
    folder,
    variables,
    look = async () => undefined,
  }: Application & { readonly look?: (folder: string) => Promise<void> },
): Promise<void> => {
  const path = join(work.path, folder);
  const options = ['-auto-approve', '-no-color', '-parallelism=30', ...variables];
  const isThere = await check(`apply ${name} to moto`, async () => {
    await mustRun(terraform, path, ['init', '-reconfigure', '-no-color']);
    await mustRun(terraform, path, ['apply', ...options]);
  });
  if (isThere) await look(path);
  await check(`destroy ${name}, and nothing is left`, async () => {
    await mustRun(terraform, path, ['destroy', ...options]);
    assert.equal((await mustRun(terraform, path, ['state', 'list'])).trim(), '');
  });
};
