import type { DocumentRef } from '../domain/document.ts';
import type { Page } from './document-directory.ts';
import type { Begun } from './uploads.ts';

/** A generation whose original a client is sending straight into the storage. */
export interface PendingUpload extends DocumentRef {
  readonly transfer: Begun;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** What is on its way past the API. Any method may throw `unavailable`. */
export interface UploadStore {
  /** Throws `conflict` when there is one of this generation. */
  create(upload: PendingUpload): Promise<void>;
  /** Throws `not_found`. */
  get(ref: DocumentRef): Promise<PendingUpload>;
  /** Succeeds where nothing is. */
  remove(ref: DocumentRef): Promise<void>;
  /** Everybody's that were started before `before` (ISO 8601), at most 100. For upkeep. */
  startedBefore(before: string, cursor?: string): Promise<Page<PendingUpload>>;
}
