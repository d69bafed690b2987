import type { DocumentRef } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import type { Progress, ProgressStore } from '../../ports/progress-store.ts';
import type { Database } from './database.ts';

const COUNTER = { embed: 'embedded', index: 'indexed' } as const;

export const sqliteProgressStore = ({ connection, write }: Database): ProgressStore => {
  const select = connection.prepare(
    `select batchCount, chunkCount, embedded, indexed, startedAt, updatedAt
     from progress where documentId = ? and generation = ?`,
  );
  const insert = connection.prepare(
    `insert or ignore into progress (documentId, generation, batchCount, chunkCount, startedAt, updatedAt)
     values ($documentId, $generation, $batchCount, $chunkCount, $now, $now)`,
  );
  const add = connection.prepare('insert or ignore into progress_batch values (?, ?, ?, ?)');
  const count = (counter: string) =>
    connection.prepare(
      `update progress set ${counter} = ${counter} + 1, updatedAt = ? where documentId = ? and generation = ?`,
    );
  const counted = { embed: count(COUNTER.embed), index: count(COUNTER.index) };
  const erase = connection.prepare('delete from progress where documentId = ? and generation = ?');

  const find = ({ documentId, generation }: DocumentRef): Progress | undefined => {
    const row = select.get(documentId, generation);
    return row === undefined ? undefined : ({ ...row } as unknown as Progress);
  };
  const required = (ref: DocumentRef): Progress => {
    const progress = find(ref);
    if (progress === undefined) {
      throw new AppError('stale', `${ref.documentId} has no plan for generation ${ref.generation}.`);
    }
    return progress;
  };

  return {
    begin: (ref, { batchCount, chunkCount }) =>
      write(() => {
        const { documentId, generation } = ref;
        insert.run({ documentId, generation, batchCount, chunkCount, now: new Date().toISOString() });
        return required(ref);
      }),
    mark: (ref, stage, batch) =>
      write(() => {
        const progress = required(ref);
        if (add.run(ref.documentId, ref.generation, stage, batch).changes === 0) return progress;
        counted[stage].run(new Date().toISOString(), ref.documentId, ref.generation);
        return required(ref);
      }),
    get: async (ref) => find(ref),
    remove: (ref) => write(() => void erase.run(ref.documentId, ref.generation)),
  };
};
