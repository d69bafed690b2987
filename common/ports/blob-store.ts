export interface Blob {
  /** Bytes. */
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
  /** As given when it was put, where the home keeps it. */
  readonly fileName?: string | undefined;
}

/** What a home may keep beside an object, for people who look at the storage itself. */
export interface About {
  readonly fileName?: string | undefined;
  readonly mediaType?: string | undefined;
}

/**
 * Whole objects under '/'-separated keys of up to 1,024 bytes, each part of up to 255.
 * Any method may throw `invalid` for a bad key, and `unavailable`.
 */
export interface BlobStore {
  /** All or nothing; replaces. Returns the bytes written. Throws `storage_full`, and what `body` throws. */
  put(key: string, body: AsyncIterable<Uint8Array>, about?: About): Promise<number>;
  /**
   * Throws `not_found`, before the first byte and never after it; `conflict` for one that is archived, whose restore it
   * asks for. @param range bytes, `end` excluded
   */
  get(key: string, range?: { start: number; end: number }): Promise<Blob>;
  /** Up to 1,000 keys that start with `prefix`, a folder ending in '/', and sort after `after`, in byte order. */
  list(prefix: string, after?: string): Promise<string[]>;
  /** Removes all under a folder ending in '/', in every version; succeeds where nothing is. Returns how many. */
  deleteAll(prefix: string): Promise<number>;
  /**
   * An address that gives the object to anyone for five minutes, saved under `fileName`; undefined where the home has
   * none and bytes go through the API. Throws as `get` does.
   */
  addressOf(key: string, about: Required<About>): Promise<string | undefined>;
}
