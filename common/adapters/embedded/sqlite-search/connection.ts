import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { getLoadablePath } from 'sqlite-vec';
import { AppError } from '../../../domain/errors.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { immediately } from './transaction.ts';

export interface IndexFile {
  readonly file: string;
  readonly model: string;
  readonly dimension: number;
}

/** An open index, for one thread. */
export interface Connection extends Disposable {
  readonly db: DatabaseSync;
  /** Prepares a statement once: there are as many as shapes of a query. Integers come as bigint. */
  prepared(sql: string): StatementSync;
}

/** A big page takes few steps for each vector, and ten vectors of 384 dimensions fill one. */
const PAGE_BYTES = 16_384;
const CACHE_KILOBYTES = 4_096;
const WAL_BYTES = 16 * 1_024 * 1_024;

/** A reader waits for what only starting and recovery lock; a writer asks for the lock itself, see transaction.ts. */
const WAIT_MS = 10_000;

/** Opens the file, makes it where it is missing. Throws `conflict` when it was made for another model. */
export const openConnection = (index: IndexFile, role: 'read' | 'write'): Connection => {
  const db = new DatabaseSync(index.file, { allowExtension: true, readBigInts: true, timeout: WAIT_MS });
  try {
    loadVectors(db);
    db.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`);
    db.exec(`PRAGMA cache_size = -${CACHE_KILOBYTES}; PRAGMA journal_size_limit = ${WAL_BYTES}`);
    db.exec(`PRAGMA wal_autocheckpoint = ${WAL_BYTES / PAGE_BYTES}`);
    adopt(db, index);
    db.exec(role === 'read' ? 'PRAGMA query_only = 1' : 'PRAGMA busy_timeout = 0');
  } catch (error) {
    db.close();
    throw error;
  }
  const statements = new Map<string, StatementSync>();
  return {
    db,
    prepared(sql) {
      const statement = statements.get(sql) ?? db.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
    [Symbol.dispose]: () => db.close(),
  };
};

const loadVectors = (db: DatabaseSync): void => {
  try {
    db.loadExtension(getLoadablePath());
    db.enableLoadExtension(false);
  } catch (cause) {
    const machine = `${process.platform} on ${process.arch}`;
    throw new AppError('unsupported', `sqlite-vec does not load on this machine (${machine}): see its README.`, {
      cause,
    });
  }
};

/** Makes the tables in an empty file; in another one, sees that they are ours. */
const adopt = (db: DatabaseSync, { file, model, dimension }: IndexFile): void => {
  const wanted = { schema: SCHEMA_VERSION, model, dimension: String(dimension) };
  if (!isMade(db)) {
    immediately(db, () => {
      db.exec(SCHEMA);
      const set = db.prepare('INSERT OR IGNORE INTO setting VALUES (?, ?)');
      for (const [name, value] of Object.entries(wanted)) set.run(name, value);
    });
  }
  const rows = db.prepare('SELECT name, value FROM setting').all();
  const found = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  if (found['model'] !== wanted.model || found['dimension'] !== wanted.dimension) {
    throw new AppError(
      'conflict',
      `The search index ${file} was built with the model ${found['model']} (${found['dimension']} dimensions), not with ` +
        `${model} (${dimension}). Use that model again, or delete the file and reprocess the documents.`,
    );
  }
  if (found['schema'] !== wanted.schema) {
    throw new AppError(
      'conflict',
      `The search index ${file} was made by another version of this program. Use that version again, or delete the ` +
        'file and run `npm run maintenance -- restore-index`.',
    );
  }
};

const isMade = (db: DatabaseSync): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'setting'").get() !== undefined;
