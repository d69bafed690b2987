import { Readable } from 'node:stream';
import type { PublicDocument } from '../../../common/domain/document.ts';
import { json, type Line } from './calls.ts';
import { problemOf } from './problem.ts';

/** What an upload past the API is to bring. */
export interface DirectRequest {
  readonly fileName: string;
  /** Bytes. */
  readonly fileSize: number;
  /** Bytes of each part but the last; absent: the whole goes in one PUT. */
  readonly partSize?: number | undefined;
  /** SHA-256 of each part in base64. */
  readonly checksums: readonly string[];
  /** New content for this document; absent: a new document. */
  readonly documentId?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

export interface DirectPart {
  /** From 1. */
  readonly partNumber: number;
  readonly checksum: string;
  readonly arrived: boolean;
  /** Of some that have not arrived. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An upload under way. */
export interface DirectUpload extends Pick<DirectRequest, 'fileName' | 'fileSize' | 'partSize'> {
  readonly uploadId: string;
  readonly documentId: string;
  readonly parts: readonly DirectPart[];
}

/** The bytes of one part. */
export interface PartBody {
  readonly size: number;
  /** From the start, each time that it is called. */
  read(): AsyncIterable<Uint8Array>;
}

interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes of the part have gone. */
  readonly onBytes?: ((sent: number) => void) | undefined;
}

async function* counted(pieces: AsyncIterable<Uint8Array>, onBytes: (sent: number) => void) {
  let sent = 0;
  for await (const piece of pieces) {
    yield piece;
    sent += piece.length;
    onBytes(sent);
  }
}

const pathOf = (uploadId: string): string => `/v1/documents/uploads/${encodeURIComponent(uploadId)}`;

/** The routes of uploads past the API. Each throws what the server refuses, `unavailable`, `unauthenticated`. */
export const directCalls = (line: Line) => ({
  begin: (body: DirectRequest, signal?: AbortSignal): Promise<DirectUpload> =>
    json(line, { method: 'POST', path: '/v1/documents/uploads', body, signal }),

  /** Throws `not_found` for one that is complete, too. */
  read: (uploadId: string, signal?: AbortSignal): Promise<DirectUpload> =>
    json(line, { method: 'GET', path: pathOf(uploadId), signal }),

  /** Succeeds for one that is complete already. */
  complete: (uploadId: string, signal?: AbortSignal): Promise<PublicDocument> =>
    json(line, { method: 'POST', path: `${pathOf(uploadId)}/complete`, signal }),

  abandon: (uploadId: string, signal?: AbortSignal): Promise<void> =>
    json(line, { method: 'DELETE', path: pathOf(uploadId), signal }),

  /** To the part's address, which may be another server's and is a login in itself. */
  async send({ url = '', headers = {} }: DirectPart, body: PartBody, options: SendOptions = {}): Promise<void> {
    const { signal, onBytes = () => {} } = options;
    const reply = await line.transport.send({
      method: 'PUT',
      path: url,
      headers: { ...headers, 'Content-Length': body.size },
      body: Readable.from(counted(body.read(), onBytes), { objectMode: false }),
      signal,
    });
    if (reply.status >= 300) throw await problemOf(reply);
    reply.discard();
  },
});

export type DirectCalls = ReturnType<typeof directCalls>;
