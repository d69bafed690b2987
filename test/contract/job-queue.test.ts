import { type Database, openDatabase } from '../../common/adapters/embedded/database.ts';
import { QUEUE_SCHEMA } from '../../common/adapters/embedded/queue-schema.ts';
import { sqliteDeadLetters } from '../../common/adapters/embedded/sqlite-dead-letters.ts';
import { sqliteJobQueue } from '../../common/adapters/embedded/sqlite-job-queue.ts';
import { type Open, temporaryFolder } from '../support/temporary.ts';
import { deadLettersContract } from './dead-letters.contract.ts';
import { fairTurnsContract } from './fair-turns.contract.ts';
import { jobQueueContract } from './job-queue.contract.ts';
import type { QueueParts } from './job-queue.worker.ts';

const visibilitySeconds = 2; // a busy machine may be late with a heartbeat

const lapseIn = ({ connection, write }: Database) => {
  const lapse = connection.prepare("update job set visibleAt = 0 where state = 'leased'");
  return () => write(() => void lapse.run());
};

const sqlite: Open<QueueParts> = async () => {
  await using stack = new AsyncDisposableStack();
  const file = `${stack.use(await temporaryFolder()).path}/queue.db`;
  const here = stack.use(openDatabase(file, QUEUE_SCHEMA));
  const there = stack.use(openDatabase(file, QUEUE_SCHEMA));
  const queue = sqliteJobQueue(here, { visibilitySeconds });
  const owned = stack.move();
  return {
    queue,
    deadLetters: sqliteDeadLetters(here, queue),
    elsewhere: sqliteJobQueue(there, { visibilitySeconds }),
    visibilitySeconds,
    lapse: lapseIn(there),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

jobQueueContract('sqlite', sqlite);
deadLettersContract('sqlite', sqlite);
fairTurnsContract('sqlite', sqlite);
