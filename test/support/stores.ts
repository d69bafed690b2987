import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase } from '../../common/adapters/embedded/database.ts';
import { fileBlobStore } from '../../common/adapters/embedded/file-blob-store.ts';
import { fileUploads } from '../../common/adapters/embedded/file-uploads.ts';
import { QUEUE_SCHEMA } from '../../common/adapters/embedded/queue-schema.ts';
import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteDeadLetters } from '../../common/adapters/embedded/sqlite-dead-letters.ts';
import { sqliteDocumentDirectory } from '../../common/adapters/embedded/sqlite-document-directory.ts';
import { sqliteDocumentStore } from '../../common/adapters/embedded/sqlite-document-store.ts';
import { sqliteJobQueue } from '../../common/adapters/embedded/sqlite-job-queue.ts';
import { sqliteProgressStore } from '../../common/adapters/embedded/sqlite-progress-store.ts';
import { sqliteReceiptStore } from '../../common/adapters/embedded/sqlite-receipt-store.ts';
import { openSqliteSearch } from '../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import { sqliteUploadStore } from '../../common/adapters/embedded/sqlite-upload-store.ts';
import { sqliteVectorPointers } from '../../common/adapters/embedded/sqlite-vector-pointers.ts';
import { temporaryFolder } from './temporary.ts';

/** The embedded home's stores, without its model; vectors have two dimensions. */
export const temporaryStores = async () => {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const records = stack.use(openDatabase(join(path, 'records.db'), RECORDS_SCHEMA));
  const jobs = stack.use(openDatabase(join(path, 'queue.db'), QUEUE_SCHEMA));
  const index = stack.use(await openSqliteSearch({ file: join(path, 'search.db'), model: 'a model', dimension: 2 }));
  const queue = sqliteJobQueue(jobs);
  const blobs = fileBlobStore(join(path, 'blobs'), join(path, 'tmp'));
  const uploads = fileUploads({ folder: join(path, 'uploads'), blobs, key: randomBytes(32) });
  const owned = stack.move();
  return {
    blobs,
    deadLetters: sqliteDeadLetters(jobs, queue),
    directory: sqliteDocumentDirectory(records),
    documents: sqliteDocumentStore(records),
    index,
    pending: sqliteUploadStore(records),
    pointers: sqliteVectorPointers(records),
    progress: sqliteProgressStore(records),
    queue,
    receipts: sqliteReceiptStore(records),
    receiver: uploads,
    uploads,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
