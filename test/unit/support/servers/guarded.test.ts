import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { runFolder, startGuarded } from '../../../support/servers/guarded.ts';

const MODULE = new URL('../../../support/servers/guarded.ts', import.meta.url).href;
/** Starts a command that would run for long and holds its parent's output open, says its folder, and waits. */
const PARENT = `
import { runFolder, startGuarded } from '${MODULE}';
const folder = await runFolder();
await startGuarded(folder, { command: 'sleep', args: ['1000'], errors: 'inherit' });
process.stderr.write(folder);
setInterval(() => undefined, 60_000);
`;

describe('a guarded command', () => {
  it('gives its exit code and the last lines that it wrote', async () => {
    const script = 'for n in $(seq 30); do echo line $n; done; echo fault >&2; exit 7';
    await using run = await startGuarded(await runFolder(), { command: 'sh', args: ['-c', script] });
    assert.equal(await run.ended, 7);
    const lines = (await run.tail()).split('\n');
    assert.deepEqual([lines.length, lines[0], lines.at(-1)], [20, 'line 12', 'fault']);
  });

  it('is stopped when it is disposed, and its folder is gone', async () => {
    const folder = await runFolder();
    {
      await using run = await startGuarded(folder, { command: 'sleep', args: ['1000'] });
      assert.equal(run.hasEnded(), false);
      assert.equal(existsSync(folder), true);
    }
    assert.equal(existsSync(folder), false);
  });

  it('is killed when it does not mind being told to stop', async () => {
    const args = ['-c', 'trap "" TERM; echo ready; while :; do sleep 1; done'];
    const run = await startGuarded(await runFolder(), { command: 'sh', args, graceMs: 100 });
    while ((await run.tail()) !== 'ready') await new Promise(setImmediate);
    await run[Symbol.asyncDispose]();
    assert.equal(await run.ended, 128 + 9);
  });

  it('does not outlive a parent that was killed', async () => {
    const args = ['--input-type=module', '--eval', PARENT];
    const parent = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const [folder] = await once(parent.stderr.setEncoding('utf8'), 'data');
    assert.equal(existsSync(folder), true);
    parent.kill('SIGKILL');
    await text(parent.stderr); // ends when nobody is left who could write to it
    assert.equal(existsSync(folder), false);
  });
});
