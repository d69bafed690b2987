import { DatabaseSync } from 'node:sqlite';
import { load } from 'sqlite-vec';
import { DIMENSION } from './search-corpus.ts';
import { type Times, timesOf } from './search-times.ts';

/**
 * sqlite-vec's own exact scan and nothing else: a vec0 table of its default layout, asked in this thread.
 * @param file is made, and must not be there
 */
export const bareScan = async (
  file: string,
  { vectors, queries, limit }: { vectors: Iterable<Float32Array>; queries: readonly Float32Array[]; limit: number },
): Promise<Times> => {
  using db = new DatabaseSync(file, { allowExtension: true, readBigInts: true });
  load(db);
  db.exec(`PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE bare USING vec0 (embedding float[${DIMENSION}])`);
  const insert = db.prepare('INSERT INTO bare (rowid, embedding) VALUES (?, ?)');
  db.exec('BEGIN');
  let id = 0n;
  for (const vector of vectors) insert.run(id++, new Uint8Array(vector.buffer));
  db.exec('COMMIT');
  const nearest = db.prepare('SELECT rowid, distance FROM bare WHERE embedding MATCH ? AND k = ?');
  return await timesOf(queries, async (query) => nearest.all(new Uint8Array(query.buffer), limit));
};
