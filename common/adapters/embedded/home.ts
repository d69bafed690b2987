import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Home } from '../../ports/home.ts';
import type { Ports } from '../../ports/ports.ts';
import { noMetricSink } from '../no-metric-sink.ts';
import { noProviderLogin } from '../no-provider-login.ts';
import { noQuota } from '../no-quota.ts';
import { openTemporaryFolder } from '../process/temporary-folder.ts';
import { openDatabase } from './database.ts';
import { extractiveGenerator } from './extractive/generator.ts';
import { fileBlobStore } from './file-blob-store.ts';
import { fileErrorOf } from './file-errors.ts';
import { fileUploads } from './file-uploads.ts';
import { jwtVerifier } from './jwt-verifier.ts';
import { openMiniLm } from './minilm/minilm.ts';
import { QUEUE_SCHEMA } from './queue-schema.ts';
import { RECORDS_SCHEMA } from './records-schema.ts';
import { signingKey } from './signing-key.ts';
import { sqliteDeadLetters } from './sqlite-dead-letters.ts';
import { sqliteDocumentDirectory } from './sqlite-document-directory.ts';
import { sqliteDocumentStore } from './sqlite-document-store.ts';
import { sqliteIdentity } from './sqlite-identity.ts';
import { sqliteJobQueue } from './sqlite-job-queue.ts';
import { sqliteProgressStore } from './sqlite-progress-store.ts';
import { sqliteReceiptStore } from './sqlite-receipt-store.ts';
import { inPlaceRebuild } from './sqlite-search/in-place.ts';
import { openSqliteSearch } from './sqlite-search/sqlite-search.ts';
import { sqliteUploadStore } from './sqlite-upload-store.ts';
import { sqliteUserDirectory } from './sqlite-user-directory.ts';
import { sqliteUserStore } from './sqlite-user-store.ts';
import { sqliteVectorPointers } from './sqlite-vector-pointers.ts';

interface Settings {
  readonly DATA_DIR: string;
  readonly MODEL_DIR?: string | undefined;
  readonly EMBED_THREADS: number;
}

/** One clock, and messages that are there once they are sent. */
const GRACE_MS = 60_000;
const SWEEP_EVERY_MS = 30_000;

/** One machine, all in DATA_DIR, which several processes may share. Throws `invalid`, `storage_full`, `unavailable`. */
export const openEmbedded = async (settings: Settings, opened: AsyncDisposableStack): Promise<Home> => {
  const folder = resolve(settings.DATA_DIR);
  const scratch = await openFolders(folder);
  try {
    const ports = await openPorts({ ...settings, folder, scratch }, opened);
    return { ports, scratch, bucket: 'local', upkeep: { graceMs: GRACE_MS, sweepEveryMs: SWEEP_EVERY_MS } };
  } catch (error) {
    throw fileErrorOf(error);
  }
};

const openPorts = async (
  { folder, scratch, MODEL_DIR, EMBED_THREADS }: Settings & { folder: string; scratch: string },
  opened: AsyncDisposableStack,
): Promise<Ports> => {
  const records = opened.use(openDatabase(join(folder, 'records.db'), RECORDS_SCHEMA));
  const jobs = opened.use(openDatabase(join(folder, 'queue.db'), QUEUE_SCHEMA));
  const embedder = opened.use(
    await openMiniLm({ folder: MODEL_DIR ?? join(folder, 'models'), threads: EMBED_THREADS }),
  );
  const { model, dimension } = embedder;
  const searchFile = join(folder, 'search.db');
  const index = opened.use(await openSqliteSearch({ file: searchFile, model, dimension }));
  const key = signingKey(join(folder, 'secrets', 'access-token.key'));
  const queue = sqliteJobQueue(jobs);
  const blobs = fileBlobStore(join(folder, 'blobs'), scratch);
  const uploads = fileUploads({ folder: join(folder, 'uploads'), blobs, key });
  return {
    blobs,
    deadLetters: sqliteDeadLetters(jobs, queue),
    directory: sqliteDocumentDirectory(records),
    documents: sqliteDocumentStore(records),
    embedder,
    generator: extractiveGenerator({ embedder }),
    identity: sqliteIdentity(records, key),
    index,
    logins: noProviderLogin('Nobody logs in with Google or Amazon here: register, or log in with your password.'),
    metrics: noMetricSink(),
    people: sqliteUserDirectory(records),
    pending: sqliteUploadStore(records),
    pointers: sqliteVectorPointers(records),
    progress: sqliteProgressStore(records),
    queue,
    quota: noQuota(),
    rebuild: inPlaceRebuild(index, searchFile),
    receipts: sqliteReceiptStore(records),
    receiver: uploads,
    tokens: jwtVerifier(key),
    uploads,
    users: sqliteUserStore(records),
  };
};

/** Returns the one for unfinished files. */
const openFolders = async (folder: string): Promise<string> => {
  try {
    await mkdir(join(folder, 'blobs'), { recursive: true });
    return await openTemporaryFolder(join(folder, 'tmp'));
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new AppError('invalid', `DATA_DIR (${folder}) cannot be written (${reason}): choose another folder.`, {
      cause,
    });
  }
};
