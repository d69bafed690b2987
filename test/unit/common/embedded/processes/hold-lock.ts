import { DatabaseSync } from 'node:sqlite';

/** Holds a database's write lock until it is told to let go. */
const connection = new DatabaseSync(process.argv[2] ?? '');
connection.exec('begin immediate');
process.send?.('locked');
process.once('message', () => {
  connection.exec('commit');
  connection.close();
  process.send?.('released');
  process.disconnect();
});
