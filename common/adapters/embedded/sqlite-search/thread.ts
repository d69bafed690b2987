import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../domain/errors.ts';
import { errorOf } from '../sqlite-errors.ts';
import { type Connection, openConnection } from './connection.ts';
import { type Reply, type Request, STOP, type ThreadData } from './messages.ts';
import { OPERATIONS } from './operations.ts';

/** What a worker thread runs: it opens the file when first asked for something, and does what it is asked in order. */
const serve = (port: MessagePort, { role, ...index }: ThreadData): void => {
  let connection: Connection | undefined;

  const answer = ({ id, name, argument }: Request): Reply => {
    try {
      connection ??= openConnection(index, role);
      const operation: (connection: Connection, argument: never) => unknown = OPERATIONS[name];
      return { id, result: operation(connection, argument as never) };
    } catch (error) {
      return { id, ...refusalOf(errorOf(error)) };
    }
  };

  port.on('message', (message: Request | typeof STOP) => {
    if (message !== STOP) return port.postMessage(answer(message));
    connection?.[Symbol.dispose]();
    port.close();
  });
};

const refusalOf = (error: unknown) =>
  error instanceof AppError
    ? { code: error.code, reason: error.message, cause: error.cause }
    : { code: 'internal' as const, reason: 'The search index failed; the log says why.', cause: error };

if (parentPort !== null) serve(parentPort, workerData);
