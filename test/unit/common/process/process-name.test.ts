import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { isGone, processName } from '../../../../common/adapters/process/process-name.ts';
import { startProcess } from '../embedded/processes/process.ts';

describe('isGone', () => {
  it('is false for this process, and for one that lives', () => {
    assert.equal(isGone(processName()), false);
    assert.equal(isGone(`${process.ppid}@${hostname()}`), false);
  });

  it('is true for a process that has ended', async () => {
    await using other = startProcess(new URL('../embedded/processes/make-key.ts', import.meta.url), '');
    const name = `${other.child.pid}@${hostname()}`;
    await other.heard();
    assert.equal(isGone(name), false);
    await other.kill();
    assert.equal(isGone(name), true);
  });

  it('is true for an earlier process that had the same pid, as containers give it', () => {
    assert.equal(isGone(`${process.pid}@${hostname()}~earlier`), true);
  });

  it('is false for what ran on another machine: who knows', () => {
    assert.equal(isGone(`${2 ** 22 + 1}@elsewhere.example`), false);
    assert.equal(isGone(`${2 ** 22 + 1}@${hostname()}.example`), false);
  });

  it('is false for what is no name of a process', () => {
    for (const name of ['', 'x', `@${hostname()}`, `x@${hostname()}`, `0@${hostname()}`, `-1@${hostname()}`]) {
      assert.equal(isGone(name), false, name);
    }
  });
});
