import assert from 'node:assert/strict';
import { openPool } from '../../../../common/adapters/embedded/minilm/pool.ts';
import { type ScriptedThread, scriptedThreads } from './scripted-threads.ts';

const openScripted = ({ threads = 2, idleMs = 60_000 } = {}) => {
  const { started, stopped, startThread } = scriptedThreads();
  const pool = openPool({ threads, idleMs, startThread });
  return {
    started,
    stopped,
    ...pool,
    /** The thread of this number, from 0. Fails when it has not been started. */
    thread(number: number): ScriptedThread {
      const thread = started[number];
      assert.ok(thread, `there is no thread ${number}`);
      return thread;
    },
    /** Starts so many texts of one user; those that fail do so quietly. */
    texts(...texts: string[]) {
      const runs = texts.map((text) => pool.run(text, 'ada'));
      for (const { vector } of runs) vector.catch(() => {});
      return runs;
    },
  };
};

const sent = ({ tasks }: ScriptedThread): string[] => tasks.map(({ text }) => text);
const long = 'x'.repeat(2_000);

describe('openPool', () => {
  it('starts no thread before there is work', async () => {
    await using pool = openScripted();
    assert.equal(pool.started.length, 0);
    pool.texts('one');
    assert.equal(pool.started.length, 1);
  });

  it('sends a thread nothing before it is ready', async () => {
    await using pool = openScripted();
    pool.texts('one');
    assert.deepEqual(sent(pool.thread(0)), []);
    pool.thread(0).reply({ kind: 'ready' });
    assert.deepEqual(sent(pool.thread(0)), ['one']);
  });

  it('answers each text with its own vector', async () => {
    await using pool = openScripted();
    const [one, three] = pool.texts('x', 'xxx');
    pool.thread(0).reply({ kind: 'ready' });
    pool.thread(0).answerAll();
    assert.deepEqual([await one?.vector, await three?.vector], [Float32Array.of(1), Float32Array.of(3)]);
  });

  it('starts a second thread when the first is ready and has enough', async () => {
    await using pool = openScripted();
    pool.texts(long, long, long, long, long, long);
    assert.equal(pool.started.length, 1);
    pool.thread(0).reply({ kind: 'ready' });
    assert.equal(pool.started.length, 2);
    pool.thread(1).reply({ kind: 'ready' });
    assert.deepEqual([pool.thread(0).tasks.length, pool.thread(1).tasks.length], [4, 2]);
  });

  it('starts no second thread for what one can hold', async () => {
    await using pool = openScripted();
    pool.texts('one', 'two');
    pool.thread(0).reply({ kind: 'ready' });
    assert.equal(pool.started.length, 1);
  });

  it('starts no more threads than it may', async () => {
    await using pool = openScripted({ threads: 1 });
    pool.texts(...Array.from({ length: 100 }, () => long));
    pool.thread(0).reply({ kind: 'ready' });
    assert.equal(pool.started.length, 1);
  });

  it('gives a query to a thread that has enough texts', async () => {
    await using pool = openScripted({ threads: 1 });
    pool.texts(...Array.from({ length: 10 }, () => long));
    pool.thread(0).reply({ kind: 'ready' });
    pool.run('why?').vector.catch(() => {});
    assert.equal(pool.thread(0).tasks.at(-1)?.text, 'why?');
    assert.equal(pool.thread(0).tasks.at(-1)?.isQuery, true);
  });

  it('sends no text that was withdrawn while it waited', async () => {
    await using pool = openScripted({ threads: 1 });
    const [first, second] = pool.texts('first', 'second');
    assert.ok(first && second);
    pool.withdraw([first.order], new Error('no longer wanted'));
    pool.thread(0).reply({ kind: 'ready' });
    assert.deepEqual(sent(pool.thread(0)), ['second']);
    await assert.rejects(first.vector, /no longer wanted/);
  });

  it('fails the text that its thread fails on, and no other', async () => {
    await using pool = openScripted();
    const [bad, good] = pool.texts('bad', 'good');
    pool.thread(0).reply({ kind: 'ready' });
    pool.thread(0).reply({ kind: 'failed', id: pool.thread(0).tasks.shift()?.id ?? -1, cause: new Error('bad text') });
    pool.thread(0).answer();
    await assert.rejects(async () => bad?.vector, /bad text/);
    assert.deepEqual(await good?.vector, Float32Array.of(4));
  });

  it('replaces a thread that died, and tries its texts again', async () => {
    await using pool = openScripted();
    const [one] = pool.texts('one');
    const query = pool.run('why?');
    pool.thread(0).reply({ kind: 'ready' });
    pool.thread(0).die();
    pool.thread(1).reply({ kind: 'ready' });
    pool.thread(1).answerAll();
    assert.deepEqual([await one?.vector, await query.vector], [Float32Array.of(3), Float32Array.of(4)]);
  });

  it('gives up a text over which three threads have died, and goes on with the others', async () => {
    await using pool = openScripted();
    const [deadly] = pool.texts('deadly');
    for (const number of [0, 1, 2]) {
      pool.thread(number).reply({ kind: 'ready' });
      pool.thread(number).die();
    }
    await assert.rejects(async () => deadly?.vector, { code: 'unavailable' });
    const [harmless] = pool.texts('harmless');
    pool.thread(3).reply({ kind: 'ready' });
    pool.thread(3).answer();
    assert.deepEqual(await harmless?.vector, Float32Array.of(8));
  });

  it('gives up when three threads in a row die before they are ready, and starts anew with the next text', async () => {
    await using pool = openScripted();
    const [one] = pool.texts('one');
    for (const number of [0, 1, 2]) pool.thread(number).die();
    await assert.rejects(async () => one?.vector, { code: 'unavailable' });
    assert.equal(pool.started.length, 3);
    pool.texts('two');
    assert.equal(pool.started.length, 4);
  });

  it('says why the model cannot be opened', async () => {
    await using pool = openScripted();
    const [one] = pool.texts('one');
    pool.thread(0).reply({ kind: 'refused', code: 'storage_full', reason: 'The disk is full.', cause: undefined });
    await assert.rejects(async () => one?.vector, { code: 'storage_full', message: 'The disk is full.' });
  });

  it('ends threads that have nothing to do, and starts others when there is work again', async () => {
    await using pool = openScripted({ idleMs: 1 });
    const [one] = pool.texts('one');
    pool.thread(0).reply({ kind: 'ready' });
    pool.thread(0).answer();
    await one?.vector;
    await pool.stopped;
    pool.texts('two');
    pool.thread(1).reply({ kind: 'ready' });
    assert.deepEqual(sent(pool.thread(1)), ['two']);
  });

  it('fails what is under way when it is disposed of, and takes no more', async () => {
    const pool = openScripted();
    const [begun] = pool.texts('one');
    pool.thread(0).reply({ kind: 'ready' });
    await pool[Symbol.asyncDispose]();
    assert.equal(pool.thread(0).isStopped, true);
    await assert.rejects(async () => begun?.vector, { code: 'unavailable' });
    assert.throws(() => pool.run('two', 'ada'), { code: 'unavailable' });
  });
});
