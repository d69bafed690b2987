import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../domain/errors.ts';
import { BUSY, errorOf, isBusy } from './sqlite-errors.ts';

/** A SQLite file that several processes share. Reads are immediate; writes commit in groups. */
export interface Database extends Disposable {
  /** The caller prepares statements once and keeps them. */
  readonly connection: DatabaseSync;
  /**
   * Runs `change` in a transaction and resolves once it is on disk. All or nothing: what it throws undoes it.
   * Changes that wait at the same time share one commit. Throws `unavailable` after 10 s without the write lock,
   * `storage_full` when the disk is.
   */
  write<Result>(change: () => Result): Promise<Result>;
}

interface Waiting {
  readonly change: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}
type Done = { readonly waiting: Waiting } & ({ readonly result: unknown } | { readonly error: unknown });

const LOCK_PATIENCE_MS = 10_000;
const OPEN_PATIENCE_MS = 5_000;
const TURN_MS = 5;
const CHANGES_PER_COMMIT = 128;

/**
 * @param migrations each brings the schema one version on; never edited once released, only added to
 * Throws `conflict` for a file of a newer version, `unavailable` for one that cannot be opened.
 */
export const openDatabase = (
  file: string,
  migrations: readonly string[],
  { patienceMs = LOCK_PATIENCE_MS }: { patienceMs?: number } = {},
): Database => {
  const connection = connect(file, migrations);
  const queue: Waiting[] = [];
  let draining = false;
  const drain = async (): Promise<void> => {
    while (queue.length > 0) await commit(connection, queue.splice(0, CHANGES_PER_COMMIT), patienceMs);
    draining = false;
  };
  return {
    connection,
    write<Result>(change: () => Result) {
      const settled = new Promise<Result>((resolve, reject) => {
        queue.push({ change, resolve: resolve as Waiting['resolve'], reject });
      });
      if (!draining) {
        draining = true;
        setImmediate(drain); // what is asked for in this turn of the loop shares a commit
      }
      return settled;
    },
    [Symbol.dispose]() {
      if (connection.isOpen) connection.close();
    },
  };
};

const connect = (file: string, migrations: readonly string[]): DatabaseSync => {
  const connection = new DatabaseSync(file, { open: false, timeout: OPEN_PATIENCE_MS });
  try {
    connection.open();
    useWal(connection);
    connection.exec('pragma synchronous = full; pragma foreign_keys = on');
    migrate(connection, { file, migrations });
    // Its own busy handler is unfair and blocks the event loop: a short wait here, the long one in `write`.
    connection.exec('pragma busy_timeout = 5');
    return connection;
  } catch (error) {
    if (connection.isOpen) connection.close();
    throw errorOf(error);
  }
};

/** Of several that do it to one new file, SQLite refuses all but one at once, whatever its timeout is: it is asked again. */
const useWal = (connection: DatabaseSync): void => {
  const end = performance.now() + OPEN_PATIENCE_MS;
  for (;;) {
    try {
      connection.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, TURN_MS);
    }
  }
};

/** Asks for the write lock only where there is something to do: those who write all the time would let it wait. */
const migrate = (connection: DatabaseSync, { file, migrations }: { file: string; migrations: readonly string[] }) => {
  if (versionOf(connection) === migrations.length) return;
  connection.exec('begin immediate');
  const version = versionOf(connection); // another process may have been first
  if (version > migrations.length) {
    throw new AppError('conflict', `${file} was written by a newer version of the assistant: install that one.`);
  }
  for (const migration of migrations.slice(version)) connection.exec(migration);
  connection.exec(`pragma user_version = ${migrations.length}`);
  connection.exec('commit');
};

const versionOf = (connection: DatabaseSync): number =>
  Number(connection.prepare('pragma user_version').get()?.['user_version']);

/** Never throws: each waiting one gets its own answer. */
const commit = async (connection: DatabaseSync, group: readonly Waiting[], patienceMs: number): Promise<void> => {
  try {
    await begin(connection, patienceMs);
    const done = group.map((waiting) => attempt(connection, waiting));
    connection.exec('commit');
    for (const one of done) {
      if ('error' in one) one.waiting.reject(one.error);
      else one.waiting.resolve(one.result);
    }
  } catch (error) {
    if (connection.isOpen && connection.isTransaction) connection.exec('rollback');
    for (const { reject } of group) reject(errorOf(error));
  }
};

const begin = async (connection: DatabaseSync, patienceMs: number): Promise<void> => {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return connection.exec('begin immediate');
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > end) throw new AppError('unavailable', BUSY, { cause: error });
      await sleep(1 + Math.random() * 4);
    }
  }
};

/** One change inside the group's transaction, undone alone when it throws; a full disk undoes the group. */
const attempt = (connection: DatabaseSync, waiting: Waiting): Done => {
  connection.exec('savepoint change');
  try {
    const result = waiting.change();
    connection.exec('release change');
    return { waiting, result };
  } catch (error) {
    if (!connection.isTransaction) throw error; // SQLite has rolled all back already
    connection.exec('rollback to change; release change');
    return { waiting, error: errorOf(error) };
  }
};
