import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { tetherOf } from '../../../../../workers/extract/sandbox/launch.ts';
import { pdfOf } from '../../../../support/pdf.ts';
import { temporaryFolder } from '../../../../support/temporary.ts';

const PARENT = fileURLToPath(import.meta.resolve('../../../../support/doomed-parent.ts'));

const statOf = async (pid: number): Promise<readonly string[]> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** A zombie that nobody has buried yet counts as gone. */
const isGone = async (pid: number): Promise<boolean> => {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  return (await statOf(pid))[0] === 'Z';
};

/** Has used half a second of processor time: it is in the middle of its file. */
const isBusy = async (pid: number): Promise<boolean> => Number((await statOf(pid))[11]) > 50;

const PATIENCE_MS = 20_000;

/** No event tells of what a grandchild does. */
const until = async (is: (pid: number) => Promise<boolean>, pid: number): Promise<void> => {
  const started = performance.now();
  while (!(await is(pid))) {
    assert.ok(performance.now() - started < PATIENCE_MS, `waited too long for ${is.name}`);
    await wait(5);
  }
};

/** Kills the parent once its child has come so far. */
const orphaned = async (ready: (pid: number) => Promise<boolean>, ...args: string[]): Promise<number> => {
  const parent = spawn(process.execPath, [PARENT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [said] = await once(parent.stdout, 'data');
    await until(ready, Number(said));
    return Number(said);
  } finally {
    parent.kill('SIGKILL');
    await once(parent, 'close');
  }
};

describe('a child whose parent is killed', function () {
  this.timeout(30_000);

  it('ends when it is idle', async () => {
    await using folder = await temporaryFolder();
    await until(isGone, await orphaned(async () => true, folder.path));
  });

  it('ends in the middle of a file, where the kernel sees to that', async () => {
    await using folder = await temporaryFolder();
    const original = `${folder.path}/original`;
    await writeFile(original, pdfOf([[]], { nested: { width: 2, depth: 40 } }));
    const tethered = (await tetherOf()).length > 0;
    const pid = await (tethered ? orphaned(isBusy, folder.path, original) : orphaned(async () => true, folder.path));
    await until(isGone, pid);
  });
});
