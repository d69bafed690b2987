import { join } from 'node:path';
import { codeOf } from '../../common/domain/errors.ts';
import { orphaned } from '../../deploy/orphaned.ts';
import { tell } from '../support/servers/tell.ts';
import { untilStopped } from '../support/servers/until-stopped.ts';
import { checks } from '../support/terraform/checks.ts';
import { findMirror, writeMirrorConfiguration } from '../support/terraform/mirror.ts';
import { startMotoForTerraform } from '../support/terraform/moto.ts';
import { type Terraform, terraformWith } from '../support/terraform/terraform.ts';
import { type WorkFolder, workFolder } from '../support/terraform/work-folder.ts';
import { checkByApplying } from './apply.ts';
import { checkStatically, mustRun } from './static.ts';

/** Where something is missing on this machine: said, and a failure in CI alone. */
const giveUp = (why: string): void => {
  console.log(`${why}\n${process.env['CI'] ? 'In CI that is a failure.' : 'So this was not tested.'}`);
  if (process.env['CI']) process.exitCode = 1;
};

const hasTerraform = async (): Promise<boolean> => {
  const ran = await terraformWith({})
    .run('.', ['version'])
    .catch(() => undefined);
  return ran?.code === 0;
};

/** Each folder gets its provider, from a mirror on this machine or from the registry. Returns what went wrong. */
const initialised = async (terraform: Terraform, work: WorkFolder): Promise<string | undefined> => {
  for (const module of work.modules) {
    const ran = await terraform.run(join(work.path, module), ['init', '-backend=false', '-no-color']);
    if (ran.code !== 0) return ran.all.slice(-2_000);
  }
  return undefined;
};

/** Where Terraform gets its provider, said to who looks on: once for all folders, where it has to be downloaded. */
const providersFor = async (work: WorkFolder): Promise<Record<string, string>> => {
  const mirror = await findMirror(process.env);
  if (mirror !== undefined) {
    tell(`Providers are from ${mirror}.`);
    return { TF_CLI_CONFIG_FILE: await writeMirrorConfiguration(work.path, mirror) };
  }
  tell('There is no provider mirror here: the provider is downloaded.');
  return { TF_PLUGIN_CACHE_DIR: process.env['TF_PLUGIN_CACHE_DIR'] || work.plugins };
};

/** Undefined where it can be neither installed nor started; what went wrong has been said. */
const emulatorOrNone = async (stopping: AbortSignal) => {
  try {
    return await startMotoForTerraform({ env: process.env, signal: stopping });
  } catch (error) {
    if (codeOf(error) !== 'unavailable') throw error;
    giveUp(`${(error as Error).message}\nSo nothing can be applied here.`);
    return undefined;
  }
};

await untilStopped([orphaned()], async (stopping) => {
  if (!(await hasTerraform())) return giveUp('There is no terraform on this machine; 1.11 or newer is wanted.');
  await using work = await workFolder();
  const providers = await providersFor(work);
  const terraform = terraformWith(providers);
  const fault = await initialised(terraform, work);
  if (fault !== undefined)
    return giveUp(`The AWS provider can be had neither from a mirror nor from the registry:\n${fault}`);

  const done = checks(console.log);
  await checkStatically(done, terraform, work);
  for (const module of work.modules) {
    stopping.throwIfAborted();
    await done.check(`terraform test in ${module}`, async () => {
      await mustRun(terraform, join(work.path, module), ['test', '-no-color']);
    });
  }
  await using moto = await emulatorOrNone(stopping);
  if (moto !== undefined) {
    const emulated = terraformWith({ ...providers, AWS_ENDPOINT_URL: moto.url });
    await checkByApplying({ checks: done, terraform: emulated, work });
  }
  console.log(`${done.counts.passed} passed, ${done.counts.failed} failed`);
  if (done.counts.failed > 0) process.exitCode = 1;
});
