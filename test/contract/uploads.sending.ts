import { createHash } from 'node:crypto';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import type { Begun, PutRequest, Transfer, Uploads } from '../../common/ports/uploads.ts';

/** A home's uploads, and a client that sends what they ask for. */
export interface Sending {
  readonly uploads: Uploads;
  readonly blobs: BlobStore;
  /** Returns the status that the home answers, or would. */
  send(request: PutRequest, body: Uint8Array): Promise<number>;
}

/** The least that S3 takes for a part that is not the last. */
const PART_BYTES = 5 * 1024 ** 2;
export const KEY = 'documents/ada/1/2/original.txt';

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('base64');

/** Three parts, of which the last is short, each of other bytes. */
export const PARTS = [1, 2, 3].map((n) => Buffer.alloc(n === 3 ? 1_000 : PART_BYTES, `part ${n} `));
export const WHOLE = Buffer.from('grüße, in one piece');

const FILE = { key: KEY, fileName: 'Grüße & Co/notes (1).txt', mediaType: 'text/plain' };

export const inParts = (): Transfer => ({
  ...FILE,
  size: PARTS.reduce((sum, part) => sum + part.byteLength, 0),
  partSize: PART_BYTES,
  checksums: PARTS.map(sha256),
});

export const inOne = (): Transfer => ({ ...FILE, size: WHOLE.byteLength, checksums: [sha256(WHOLE)] });

export const requestFor = async (uploads: Uploads, transfer: Begun, partNumber: number): Promise<PutRequest> => {
  const [request] = await uploads.requests(transfer, [partNumber]);
  if (request === undefined) throw new Error('no request was given');
  return request;
};

/** Sends parts under their own numbers, in the order given. Returns the statuses. */
export const sendParts = async (
  { uploads, send }: Pick<Sending, 'uploads' | 'send'>,
  transfer: Begun,
  ...partNumbers: number[]
): Promise<number[]> => {
  const statuses: number[] = [];
  for (const request of await uploads.requests(transfer, partNumbers)) {
    statuses.push(await send(request, PARTS[request.partNumber - 1] ?? Buffer.alloc(0)));
  }
  return statuses;
};
