import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openDatabase } from '../../../../common/adapters/embedded/database.ts';
import { AppError } from '../../../../common/domain/errors.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { startProcess } from './processes/process.ts';

const SCHEMA = ['create table item (n integer primary key, text text)'];

/** A table of items, with what another connection sees of it. */
const openItems = async ({ patienceMs = 10_000 } = {}) => {
  await using stack = new AsyncDisposableStack();
  const file = join(stack.use(await temporaryFolder()).path, 'test.db');
  const database = stack.use(openDatabase(file, SCHEMA, { patienceMs }));
  const outside = stack.use(openDatabase(file, SCHEMA)).connection.prepare('select n from item order by n');
  const insert = database.connection.prepare('insert into item values (?, ?)');
  const owned = stack.move();
  return {
    file,
    database,
    put: (n: number, text = '') => database.write(() => void insert.run(n, text)),
    insert,
    kept: () => outside.all().map((row) => row['n']),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

const holdLock = async (file: string) => {
  const holder = startProcess(new URL('./processes/hold-lock.ts', import.meta.url), file);
  assert.equal(await holder.heard(), 'locked');
  return holder;
};

/** Some pages more than there are now. */
const leaveRoomFor = (items: Awaited<ReturnType<typeof openItems>>, pages: number) => {
  const { connection } = items.database;
  const used = Number(connection.prepare('pragma page_count').get()?.['page_count']);
  connection.exec(`pragma max_page_count = ${used + pages}`);
};

describe('Database.write', () => {
  it('resolves with what the change returns, once others see it', async () => {
    await using items = await openItems();
    const result = await items.database.write(() => items.insert.run(1, 'x').changes);
    assert.equal(result, 1);
    assert.deepEqual(items.kept(), [1]);
  });

  it('commits changes together that are asked for at the same time, in their order', async () => {
    await using items = await openItems();
    const seenBefore: unknown[] = [];
    const put = (n: number) =>
      items.database.write(() => {
        seenBefore.push(...items.kept());
        items.insert.run(n, '');
      });
    await Promise.all([3, 1, 2].map(put));
    assert.deepEqual(seenBefore, []);
    assert.deepEqual(items.kept(), [1, 2, 3]);
  });

  it('keeps all of a thousand changes that are asked for at the same time', async () => {
    await using items = await openItems();
    const numbers = Array.from({ length: 1_000 }, (_, n) => n);
    await Promise.all(numbers.map((n) => items.put(n)));
    assert.deepEqual(items.kept(), numbers);
  });

  it('undoes a change that throws, all of it and nothing else', async () => {
    await using items = await openItems();
    const refusal = new AppError('conflict', 'There is one already.');
    const failing = items.database.write(() => {
      items.insert.run(2, '');
      items.insert.run(3, '');
      throw refusal;
    });
    const fates = await Promise.allSettled([items.put(1), failing, items.put(1), items.put(4)]);
    assert.deepEqual(
      fates.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    await assert.rejects(failing, refusal);
    assert.deepEqual(items.kept(), [1, 4]);
  });

  it('goes on after a change that threw', async () => {
    await using items = await openItems();
    await assert.rejects(items.database.write(() => assert.fail('a bug')));
    await items.put(1);
    assert.deepEqual(items.kept(), [1]);
  });

  it('takes a change that is asked for while another runs', async () => {
    await using items = await openItems();
    let inner: Promise<void> | undefined;
    await items.database.write(() => {
      inner = items.put(2);
      items.insert.run(1, '');
    });
    await inner;
    assert.deepEqual(items.kept(), [1, 2]);
  });

  it('refuses what waits when it is closed, and hangs nobody', async () => {
    await using items = await openItems();
    const database = openDatabase(items.file, SCHEMA);
    const waiting = database.write(() => assert.fail('it is closed'));
    database[Symbol.dispose]();
    await assert.rejects(waiting, /not open/);
    await assert.rejects(
      database.write(() => 1),
      /not open/,
    );
  });
});

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

describe('Database.write on a full disk', () => {
  const big = 'x'.repeat(50_000);

  it('throws storage_full, changes nothing, and works again when there is room', async () => {
    await using items = await openItems();
    await items.put(1);
    leaveRoomFor(items, 2);
    await assert.rejects(items.put(2, big), { code: 'storage_full' });
    assert.deepEqual(items.kept(), [1]);
    await assert.rejects(items.put(2, big), { code: 'storage_full' });
    leaveRoomFor(items, 100);
    await items.put(2, big);
    assert.deepEqual(items.kept(), [1, 2]);
  });

  it('goes on with what still fits', async () => {
    await using items = await openItems();
    leaveRoomFor(items, 2);
    await assert.rejects(items.put(1, big), { code: 'storage_full' });
    await items.put(2);
    assert.deepEqual(items.kept(), [2]);
  });

  it('answers each of a group that did not fit, and keeps none that it refused', async () => {
    await using items = await openItems();
    leaveRoomFor(items, 15);
    const fates = await Promise.allSettled([1, 2, 3, 4].map((n) => items.put(n, big)));
    const fulfilled = fates.flatMap(({ status }, index) => (status === 'fulfilled' ? [index + 1] : []));
    for (const fate of fates) if (fate.status === 'rejected') assert.equal(fate.reason.code, 'storage_full');
    assert.ok(fulfilled.length < 4);
    assert.deepEqual(items.kept(), fulfilled);
  });
});

describe('openDatabase', () => {
  it('brings the schema up to date, each step once', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'test.db');
    const steps = ['create table item (n integer)', 'insert into item values (1)', 'insert into item values (2)'];
    for (const many of [1, 2, 2, 3]) openDatabase(file, steps.slice(0, many))[Symbol.dispose]();
    using database = openDatabase(file, steps);
    const rows = database.connection.prepare('select n from item').all();
    assert.deepEqual(
      rows.map((row) => row['n']),
      [1, 2],
    );
  });

  it('leaves a file as it was when a step fails', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'test.db');
    openDatabase(file, SCHEMA)[Symbol.dispose]();
    const failing = [...SCHEMA, 'create table other (n integer); insert into nowhere values (1)'];
    assert.throws(() => openDatabase(file, failing), /nowhere/);
    using database = openDatabase(file, [...SCHEMA, 'create table other (n integer)']);
    assert.deepEqual(database.connection.prepare('select * from other').all(), []);
  });

  it('refuses a file that a newer version has written, and says what to do', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'test.db');
    openDatabase(file, [...SCHEMA, 'create table newer (n integer)'])[Symbol.dispose]();
    assert.throws(() => openDatabase(file, SCHEMA), { code: 'conflict', message: /newer version.*install/ });
    using database = openDatabase(file, [...SCHEMA, 'create table newer (n integer)']);
    assert.deepEqual(database.connection.prepare('select * from newer').all(), []);
  });

  it('throws unavailable for a file that cannot be opened', async () => {
    await using folder = await temporaryFolder();
    const unavailable = { code: 'unavailable' };
    assert.throws(() => openDatabase(join(folder.path, 'nowhere', 'test.db'), SCHEMA), unavailable);
    assert.throws(() => openDatabase(folder.path, SCHEMA), unavailable);
  });

  it('does not touch a file that is no database', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'test.db');
    writeFileSync(file, 'Dear Sir or Madam, '.repeat(1_000));
    assert.throws(() => openDatabase(file, SCHEMA), /not a database/);
  });

  it('throws unavailable where it may read and not write', async () => {
    await using items = await openItems();
    items.database.connection.exec('pragma query_only = on');
    await assert.rejects(items.put(1), { code: 'unavailable' });
  });
});
