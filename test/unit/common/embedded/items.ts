import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openDatabase } from '../../../../common/adapters/embedded/database.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { startProcess } from './processes/process.ts';

export const SCHEMA = ['create table item (n integer primary key, text text)'];

/** A table of items, with what another connection sees of it. */
export const openItems = async ({ patienceMs = 10_000 } = {}) => {
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

export const holdLock = async (file: string) => {
  const holder = startProcess(new URL('./processes/hold-lock.ts', import.meta.url), file);
  assert.equal(await holder.heard(), 'locked');
  return holder;
};
