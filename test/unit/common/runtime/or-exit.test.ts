import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

/** Ends as a main that throws this does. */
const endOf = (thrown: string) => {
  const orExit = new URL('../../../../common/runtime/or-exit.ts', import.meta.url);
  const errors = new URL('../../../../common/domain/errors.ts', import.meta.url);
  const main = `import { orExit } from '${orExit}'; import { AppError } from '${errors}';
    await orExit(async () => { throw ${thrown}; });`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', main], { encoding: 'utf8' });
  return { status, stderr };
};

describe('orExit', () => {
  it('says in one sentence what a person can mend', () => {
    const { status, stderr } = endOf("new AppError('invalid', 'Choose another port.')");
    assert.deepEqual({ status, stderr }, { status: 1, stderr: 'Choose another port.\n' });
  });

  it('shows where a fault of our own is', () => {
    const { status, stderr } = endOf("new TypeError('a bug')");
    assert.equal(status, 1);
    assert.match(stderr, /TypeError: a bug\n {4}at /);
  });
});
