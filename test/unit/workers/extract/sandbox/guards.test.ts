import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../../../../../common/domain/errors.ts';
import { diskFull, failureOf } from '../../../../../workers/extract/sandbox/failures.ts';
import { LIMITS, timeFor } from '../../../../../workers/extract/sandbox/limits.ts';
import { watchMemory } from '../../../../../workers/extract/sandbox/memory.ts';

const full = Object.assign(new Error('write'), { code: 'ENOSPC' });

describe('watchMemory', () => {
  it('tells when a process has more resident than it may', async () => {
    const greedy = spawn(process.execPath, [
      '-e',
      'globalThis.held = Buffer.alloc(2e8, 1); setInterval(() => {}, 1000)',
    ]);
    const exceeded = Promise.withResolvers<void>();
    const unwatch = watchMemory(greedy.pid as number, 1.5e8, exceeded.resolve);
    const alive = setInterval(() => undefined, 1000); // the watch itself keeps no process alive
    await exceeded.promise;
    clearInterval(alive);
    unwatch();
    greedy.kill();
    await once(greedy, 'close');
  });
});

describe('failureOf', () => {
  it("keeps what is for people, and a library's words for the log", () => {
    const known = failureOf(new AppError('unreadable', 'Do this.', { cause: new Error('inner') }), 'pdf');
    assert.deepEqual([known.code, known.message], ['unreadable', 'Do this.']);
    assert.match(known.cause ?? '', /inner/);
    const unknown = failureOf(new TypeError('x of undefined'), 'docx');
    assert.equal(unknown.code, 'unreadable');
    assert.doesNotMatch(unknown.message, /undefined/);
    assert.match(unknown.cause ?? '', /x of undefined/);
  });

  it('knows a full disk', () => {
    assert.equal(failureOf(full, 'txt').code, 'storage_full');
    assert.throws(() => diskFull(full), { code: 'storage_full', cause: full });
    assert.throws(() => diskFull(new Error('other')), { message: 'other' });
  });
});

describe('timeFor', () => {
  it('grows with the file', () => {
    const limits = { ...LIMITS, seconds: 10, secondsPerMegabyte: 2 };
    assert.deepEqual([timeFor(0, limits), timeFor(3 * 1024 * 1024, limits)], [10_000, 16_000]);
  });
});
