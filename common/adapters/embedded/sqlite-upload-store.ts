import type { DocumentRef } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import { uploadIdOf } from '../../domain/upload-id.ts';
import type { PendingUpload, UploadStore } from '../../ports/upload-store.ts';
import { pageOf, positionOf } from '../paging.ts';
import type { Database } from './database.ts';

const PAGE = 100;

export const sqliteUploadStore = ({ connection, write }: Database): UploadStore => {
  const insert = connection.prepare('insert or ignore into upload (uploadId, userId, body) values (?, ?, ?)');
  const select = connection.prepare('select body from upload where uploadId = ? and userId = ?');
  const erase = connection.prepare('delete from upload where uploadId = ? and userId = ?');
  const started = connection.prepare(
    `select body from upload where (startedAt, uploadId) > (?, ?) and startedAt < ?
     order by startedAt, uploadId limit ?`,
  );
  return {
    create: (upload) =>
      write(() => {
        const { changes } = insert.run(uploadIdOf(upload), upload.userId, JSON.stringify(upload));
        if (changes === 0) throw new AppError('conflict', `There is an upload ${uploadIdOf(upload)} already.`);
      }),
    async get(ref: DocumentRef) {
      const row = select.get(uploadIdOf(ref), ref.userId);
      if (row === undefined) throw new AppError('not_found', `There is no upload ${uploadIdOf(ref)}.`);
      return uploadOf(row);
    },
    remove: (ref) => write(() => void erase.run(uploadIdOf(ref), ref.userId)),
    async startedBefore(before, cursor) {
      const [startedAt, uploadId] = cursor === undefined ? ['', ''] : positionOf(cursor);
      const found = started.all(startedAt, uploadId, before, PAGE + 1).map(uploadOf);
      return pageOf(found, PAGE, (upload) => [upload.startedAt, uploadIdOf(upload)]);
    },
  };
};

const uploadOf = (row: Record<string, unknown>): PendingUpload => JSON.parse(String(row['body'])) as PendingUpload;
