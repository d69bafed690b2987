import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Counter, Registry } from 'prom-client';
import { answerParent, familyMetrics } from '../../../../common/runtime/family.ts';

const startChild = async () => {
  const child = fork(new URL('./processes/answer.ts', import.meta.url));
  const exited = once(child, 'exit');
  await once(child, 'message');
  return {
    child,
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

const ownMetrics = () => {
  const register = new Registry();
  new Counter({ name: 'things_total', help: 'Things', registers: [register] }).inc(1);
  return register;
};

describe('familyMetrics', () => {
  it("adds up a process's metrics and its children's", async () => {
    await using one = await startChild();
    await using two = await startChild();
    assert.match(await familyMetrics(ownMetrics(), [one.child, two.child]), /^things_total 15$/m);
    assert.match(await familyMetrics(ownMetrics(), [one.child, two.child]), /^things_total 15$/m);
  });

  it('leaves out a child that has died', async () => {
    await using one = await startChild();
    await using two = await startChild();
    two.child.kill('SIGKILL');
    await two.exited;
    assert.match(await familyMetrics(ownMetrics(), [one.child, two.child]), /^things_total 8$/m);
  });

  it('leaves out a child that does not answer', async () => {
    if (process.platform === 'win32') return; // cannot freeze a process
    await using one = await startChild();
    one.child.kill('SIGSTOP');
    assert.match(await familyMetrics(ownMetrics(), [one.child]), /^things_total 1$/m);
  });
});

describe('answerParent', () => {
  it('tells a child that its parent is gone', async () => {
    await using one = await startChild();
    one.child.disconnect();
    assert.deepEqual(await one.exited, [0, null]);
  });

  it('never aborts in a process that nobody has forked', () => {
    if (process.send !== undefined) return; // a parallel run of tests forks its processes
    assert.equal(answerParent(new Registry()).aborted, false);
  });
});
