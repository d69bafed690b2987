import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../../common/adapters/embedded/database.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { openItems, SCHEMA } from './items.ts';

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
