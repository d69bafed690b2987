import assert from 'node:assert/strict';
import { openDatabase } from '../../../../common/adapters/embedded/database.ts';
import { AppError } from '../../../../common/domain/errors.ts';
import { openItems, SCHEMA } from './items.ts';

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
