import { join } from 'node:path';
import { type Database, openDatabase } from '../../../../common/adapters/embedded/database.ts';
import { QUEUE_SCHEMA } from '../../../../common/adapters/embedded/queue-schema.ts';
import { sqliteJobQueue } from '../../../../common/adapters/embedded/sqlite-job-queue.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

/** A queue in a file of its own. */
export const openQueue = async ({ visibilitySeconds = 60, patienceMs = 10_000 } = {}) => {
  await using stack = new AsyncDisposableStack();
  const file = join(stack.use(await temporaryFolder()).path, 'queue.db');
  const database = stack.use(openDatabase(file, QUEUE_SCHEMA, { patienceMs }));
  const queue = sqliteJobQueue(database, { visibilitySeconds });
  const owned = stack.move();
  return { file, database, queue, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

/** What the depth should say, counted the slow way. */
export const counted = ({ connection }: Database) => {
  const count = connection.prepare('select count(*) as jobs from job where stage = ? and state = ?');
  const of = (state: string) => Number(count.get('embed', state)?.['jobs']);
  return { visible: of('visible'), inFlight: of('leased'), delayed: of('delayed') };
};
