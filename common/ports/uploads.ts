/** An object that a client sends straight into the BlobStore, whole or in parts. */
export interface Transfer {
  readonly key: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes of each part but the last; absent: the whole in one PUT. */
  readonly partSize?: number | undefined;
  /** SHA-256 of each part in base64, in order; of the whole when it goes in one PUT. */
  readonly checksums: readonly string[];
}

/** A transfer that has begun. */
export interface Begun extends Transfer {
  /** What the home calls it. */
  readonly token: string;
}

/** One request that anyone may send until it expires. */
export interface PutRequest {
  /** From 1. */
  readonly partNumber: number;
  readonly url: string;
  /** To be sent exactly so. */
  readonly headers: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** Brings objects into the BlobStore past the API. Any method may throw `unavailable`. */
export interface Uploads {
  /** Throws `storage_full`. */
  begin(transfer: Transfer): Promise<Begun>;
  /** Where to send parts to; valid for an hour. The home takes nothing but the bytes that the checksum names. */
  requests(transfer: Begun, partNumbers: readonly number[]): Promise<PutRequest[]>;
  /** The numbers, ascending, of the parts that are there, whole and with the right checksum. */
  arrived(transfer: Begun): Promise<number[]>;
  /**
   * Puts the parts together under the key; may be repeated. Throws `conflict` when parts are missing, `not_found`
   * when there is no such transfer any more.
   */
  complete(transfer: Begun): Promise<void>;
  /** Removes what has arrived, the finished object too; succeeds where nothing is. */
  abort(transfer: Begun): Promise<void>;
}

/** Takes the bytes of PutRequests where the home has no service for that. May throw `unavailable`. */
export interface PartReceiver {
  /**
   * @param address the path and query of a PutRequest's url
   * @returns the key that it was sent to, and whether the object is whole with it
   * Throws `not_found` for an address that was not given out or has expired, `invalid` for other bytes than the
   * checksum names, `storage_full`, and what `body` throws.
   */
  receive(address: string, body: AsyncIterable<Uint8Array>): Promise<{ key: string; isWhole: boolean }>;
}
