import assert from 'node:assert/strict';
import { type Child, ChildDied } from '../../../../../workers/extract/sandbox/child-process.ts';
import { childPool } from '../../../../../workers/extract/sandbox/pool.ts';
import type { Reply, Request } from '../../../../../workers/extract/sandbox/protocol.ts';

const LIMITS = { processes: 2, documentsPerProcess: 100, residentBytes: 1000, idleSeconds: 60 };
const PATIENCE = { milliseconds: 1000, signal: new AbortController().signal };
const REQUEST: Request = { files: { original: '', text: '', batches: '' }, extension: 'txt', fileName: 'a.txt' };
const READ: Reply = { residentBytes: 500, failure: { code: 'unreadable', message: 'test' } };

/** Children that answer as they are told; `events` shows who was started, asked and ended. */
const nursery = (answer: (child: number) => Promise<Reply> = async () => READ) => {
  const events: string[] = [];
  const ended = Promise.withResolvers<void>();
  const start = async (): Promise<Child> => {
    const child = events.filter((event) => event.startsWith('start')).length + 1;
    events.push(`start ${child}`);
    return {
      pid: child,
      ask: () => {
        events.push(`ask ${child}`);
        return answer(child);
      },
      alive: () => true,
      end: async () => {
        events.push(`end ${child}`);
        ended.resolve();
      },
    };
  };
  return { start, events, ended: ended.promise };
};

describe('childPool', () => {
  it('asks the same child for one file after the other', async () => {
    const { start, events } = nursery();
    await using pool = childPool(start, LIMITS);
    for (let file = 0; file < 3; file += 1) await pool.ask(REQUEST, PATIENCE);
    assert.deepEqual(events, ['start 1', 'ask 1', 'ask 1', 'ask 1']);
  });

  it('starts more for files at once, but no more than it may', async () => {
    const gate = Promise.withResolvers<Reply>();
    const { start, events } = nursery(() => gate.promise);
    await using pool = childPool(start, LIMITS);
    const replies = [1, 2, 3].map(() => pool.ask(REQUEST, PATIENCE));
    gate.resolve(READ);
    await Promise.all(replies);
    assert.equal(events.filter((event) => event.startsWith('start')).length, 2);
  });

  it('replaces a child that failed, that has read much, or that keeps too much memory', async () => {
    for (const [limits, reply] of [
      [LIMITS, () => Promise.reject(new ChildDied('crash', ''))],
      [{ ...LIMITS, documentsPerProcess: 1 }, async () => READ],
      [LIMITS, async () => ({ ...READ, residentBytes: 1001 })],
    ] as const) {
      const { start, events } = nursery(reply);
      await using pool = childPool(start, limits);
      await Promise.allSettled([pool.ask(REQUEST, PATIENCE)]);
      await Promise.allSettled([pool.ask(REQUEST, PATIENCE)]);
      assert.deepEqual(events, ['start 1', 'ask 1', 'end 1', 'start 2', 'ask 2', 'end 2']);
    }
  });

  it('ends a child that nobody needs', async () => {
    const { start, events, ended } = nursery();
    await using pool = childPool(start, { ...LIMITS, idleSeconds: 0.001 });
    await pool.ask(REQUEST, PATIENCE);
    const alive = setInterval(() => undefined, 1000); // the pool itself keeps no process alive
    await ended;
    clearInterval(alive);
    assert.deepEqual(events, ['start 1', 'ask 1', 'end 1']);
  });

  it('ends all children when it is disposed, and starts none after', async () => {
    const { start, events } = nursery();
    const pool = childPool(start, LIMITS);
    await pool.ask(REQUEST, PATIENCE);
    await pool[Symbol.asyncDispose]();
    await assert.rejects(pool.ask(REQUEST, PATIENCE), { code: 'unavailable' });
    assert.deepEqual(events, ['start 1', 'ask 1', 'end 1']);
  });

  it('says so when no child can be started', async () => {
    await using pool = childPool(() => Promise.reject(new Error('no such file')), LIMITS);
    await assert.rejects(pool.ask(REQUEST, PATIENCE), { code: 'unavailable', message: /could not be started/ });
  });
});
