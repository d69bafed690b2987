import { openDatabase } from '../../../../../common/adapters/embedded/database.ts';

/** Opens a database when it is told to, and writes rows without end; tells each number that it was promised to be kept. */
const [file = '', from = '0'] = process.argv.slice(2);
process.once('disconnect', () => process.exit());
process.send?.('ready');
process.once('message', async () => {
  const { connection, write } = openDatabase(file, ['create table item (n integer primary key)']);
  const insert = connection.prepare('insert into item values (?)');
  for (let n = Number(from); ; n += 3) {
    const group = [n, n + 1, n + 2];
    await Promise.all(group.map((item) => write(() => void insert.run(item))));
    process.send?.(group);
  }
});
