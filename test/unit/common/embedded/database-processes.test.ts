import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openDatabase } from '../../../../common/adapters/embedded/database.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { holdLock, openItems, SCHEMA } from './items.ts';
import { startProcess } from './processes/process.ts';

describe('Database.write beside another process', () => {
  it('waits for the write lock, while others are read and served', async () => {
    await using items = await openItems();
    await using holder = await holdLock(items.file);
    let written = false;
    const writing = items.put(1).then(() => {
      written = true;
    });
    for (let turn = 0; turn < 20; turn += 1) {
      await setImmediate();
      assert.deepEqual([written, items.kept()], [false, []]);
    }
    holder.tell('release');
    await writing;
    assert.deepEqual(items.kept(), [1]);
  });

  it('throws unavailable when the lock does not come, and works again when it does', async () => {
    await using items = await openItems({ patienceMs: 100 });
    await using holder = await holdLock(items.file);
    const writes = [items.put(1), items.put(2)];
    for (const writing of writes) await assert.rejects(writing, { code: 'unavailable' });
    assert.deepEqual(items.kept(), []);
    holder.tell('release');
    assert.equal(await holder.heard(), 'released');
    await items.put(3);
    assert.deepEqual(items.kept(), [3]);
  });

  it('gets the lock when its holder is killed', async () => {
    await using items = await openItems();
    await using holder = await holdLock(items.file);
    const writing = items.put(1);
    await holder.kill();
    await writing;
    assert.deepEqual(items.kept(), [1]);
  });

  it('is opened at once while another process holds the lock', async () => {
    await using items = await openItems();
    await using holder = await holdLock(items.file);
    const started = performance.now();
    using database = openDatabase(items.file, SCHEMA);
    assert.ok(performance.now() - started < 1_000);
    assert.deepEqual(database.connection.prepare('select n from item').all(), []);
    await holder.kill();
  });

  it('keeps all that was promised when a process is killed while it writes', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'test.db');
    for (let life = 0; life < 3; life += 1) {
      await using writer = startProcess(new URL('./processes/write-rows.ts', import.meta.url), file, `${life * 1e6}`);
      await writer.heard();
      writer.tell('go');
      const promised: unknown[] = [];
      while (promised.length < 60) promised.push(...((await writer.heard()) as number[]));
      await writer.kill();
      using database = openDatabase(file, ['create table item (n integer primary key)']);
      const kept = new Set(
        database.connection
          .prepare('select n from item')
          .all()
          .map((row) => row['n']),
      );
      assert.deepEqual(
        promised.filter((n) => !kept.has(n as number)),
        [],
      );
      assert.equal(database.connection.prepare('pragma integrity_check').get()?.['integrity_check'], 'ok');
    }
  }).timeout(20_000);

  it('lets four processes make one new file at the same time, and share it', async () => {
    await using folder = await temporaryFolder();
    await using stack = new AsyncDisposableStack();
    const script = new URL('./processes/write-rows.ts', import.meta.url);
    const writers = Array.from({ length: 4 }, (_, n) =>
      stack.use(startProcess(script, join(folder.path, 'test.db'), `${n * 1e6}`)),
    );
    await Promise.all(writers.map((writer) => writer.heard()));
    for (const writer of writers) writer.tell('go');
    for (const writer of writers) for (let n = 0; n < 5; n += 1) assert.ok(Array.isArray(await writer.heard()));
  }).timeout(20_000);
});
