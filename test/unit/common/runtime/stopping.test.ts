import assert from 'node:assert/strict';
import { once } from 'node:events';
import { later, stopOn } from '../../../../common/runtime/stopping.ts';

describe('stopOn', () => {
  it('aborts at the first of the signals', async () => {
    const stopping = stopOn('SIGUSR2', 'SIGWINCH');
    assert.equal(stopping.aborted, false);
    const aborted = once(stopping, 'abort');
    process.emit('SIGWINCH');
    await aborted;
    process.removeAllListeners('SIGUSR2');
  });
});

describe('later', () => {
  it('aborts some time after the given signal has, and not before', async () => {
    const stopping = new AbortController();
    const leaving = later(stopping.signal, 50);
    const started = performance.now();
    stopping.abort();
    assert.equal(leaving.aborted, false);
    await once(leaving, 'abort');
    assert.ok(performance.now() - started >= 49);
  });

  it('starts at once when the signal has aborted already', async () => {
    await once(later(AbortSignal.abort(), 1), 'abort');
  });
});
