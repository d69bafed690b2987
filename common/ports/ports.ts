import type { BlobStore } from './blob-store.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { DocumentDirectory } from './document-directory.ts';
import type { DocumentStore } from './document-store.ts';
import type { Embedder } from './embedder.ts';
import type { Generator } from './generator.ts';
import type { Identity, TokenVerifier } from './identity.ts';
import type { IndexRebuild } from './index-rebuild.ts';
import type { JobQueue } from './job-queue.ts';
import type { MetricSink } from './metric-sink.ts';
import type { ProgressStore } from './progress-store.ts';
import type { ProviderLogin } from './provider-login.ts';
import type { QuotaLedger } from './quota-ledger.ts';
import type { ReceiptStore } from './receipt-store.ts';
import type { SearchIndex } from './search-index.ts';
import type { UploadStore } from './upload-store.ts';
import type { PartReceiver, Uploads } from './uploads.ts';
import type { UserDirectory } from './user-directory.ts';
import type { UserStore } from './user-store.ts';
import type { VectorPointers } from './vector-pointers.ts';

/** All that the program asks of a home. */
export interface Ports {
  readonly blobs: BlobStore;
  readonly deadLetters: DeadLetters;
  readonly directory: DocumentDirectory;
  readonly documents: DocumentStore;
  readonly embedder: Embedder;
  readonly generator: Generator;
  readonly identity: Identity;
  readonly index: SearchIndex;
  readonly logins: ProviderLogin;
  readonly metrics: MetricSink;
  readonly people: UserDirectory;
  readonly pending: UploadStore;
  readonly pointers: VectorPointers;
  readonly progress: ProgressStore;
  readonly queue: JobQueue;
  /** Who spends from it is the embedder. */
  readonly quota: Pick<QuotaLedger, 'state'>;
  readonly rebuild: IndexRebuild;
  readonly receipts: ReceiptStore;
  readonly receiver: PartReceiver;
  readonly tokens: TokenVerifier;
  readonly uploads: Uploads;
  readonly users: UserStore;
}
