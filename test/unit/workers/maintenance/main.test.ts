import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { MODEL_DIR } from '../../../support/home.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const MAIN = join(import.meta.dirname, '../../../../workers/maintenance/main.ts');

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = async (...args: string[]): Promise<Run> => {
  await using folder = await temporaryFolder();
  const env = { PATH: process.env['PATH'], DATA_DIR: folder.path, MODEL_DIR };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
};

describe('the maintenance program', () => {
  it('says what it did as one line of JSON', async () => {
    const { code, stdout } = await run('sweep', '--dry-run');
    assert.equal(code, 0);
    const wanted = { command: 'sweep', dryRun: true, resent: 0, deletionsResumed: 0, uploadsEnded: 0 };
    assert.deepEqual(JSON.parse(stdout), wanted);
  });

  it('tells how to use it, whether asked or misused', async () => {
    assert.match((await run()).stdout, /restore-index[\s\S]*--dry-run/);
    const misused = await run('sweep', '--dryrun');
    assert.equal(misused.code, 1);
    assert.match(misused.stderr, /--dryrun[\s\S]*Usage/);
  });
});
