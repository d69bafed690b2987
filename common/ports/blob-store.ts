export interface Blob {
  /** Bytes. */
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Whole objects under '/'-separated keys of up to 1,024 bytes, each part of up to 255.
 * Any method may throw `invalid` for a bad key, and `unavailable`.
 */
export interface BlobStore {
  /** All or nothing; replaces. Returns the bytes written. Throws `storage_full`, and what `body` throws. */
  put(key: string, body: AsyncIterable<Uint8Array>): Promise<number>;
  /** Throws `not_found`, before the first byte and never after it. @param range bytes, `end` excluded */
  get(key: string, range?: { start: number; end: number }): Promise<Blob>;
  /** Up to 1,000 keys that start with `prefix`, a folder ending in '/', and sort after `after`, in byte order. */
  list(prefix: string, after?: string): Promise<string[]>;
  /** Removes all under a folder ending in '/', in every version; succeeds where nothing is. Returns how many. */
  deleteAll(prefix: string): Promise<number>;
}
