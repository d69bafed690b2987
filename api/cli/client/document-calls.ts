import type { DocumentStatus, PublicDocument } from '../../../common/domain/document.ts';
import type { Page } from '../../../common/ports/document-directory.ts';
import type { Receipt } from '../../../common/ports/receipt-store.ts';
import { bearer, json, type Line, queryOf, replyValue } from './calls.ts';
import { serverEvents } from './events.ts';
import { multipart, type UploadFile } from './multipart.ts';
import { problemOf } from './problem.ts';

export interface DocumentQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly status?: DocumentStatus | undefined;
  /** Media type. */
  readonly fileType?: string | undefined;
  readonly tag?: string | undefined;
  readonly fileName?: string | undefined;
}

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes of the file have gone; begins again when the upload does. */
  readonly onBytes?: ((sent: number) => void) | undefined;
  /** For a new document only. */
  readonly tags?: readonly string[] | undefined;
}

/** An event of a document's way through the pipeline. */
export type DocumentEvent =
  | {
      readonly event: 'progress';
      readonly data: { readonly stage: string; readonly done: number; readonly total: number };
    }
  | { readonly event: 'ready' | 'error'; readonly data: unknown };

/** Field values of a form. */
type Fields = readonly (readonly [string, string])[];

const documentPath = (documentId: string): string => `/v1/documents/${encodeURIComponent(documentId)}`;

/** The file, telling at each piece how much of it has gone in this attempt. */
const counted = (file: UploadFile, onBytes: (sent: number) => void): UploadFile => ({
  ...file,
  async *read() {
    let sent = 0;
    for await (const piece of file.read()) {
      yield piece;
      sent += piece.length;
      onBytes(sent);
    }
  },
});

const upload = async (
  line: Line,
  target: { method: 'POST' | 'PUT'; path: string },
  given: {
    file: UploadFile;
    fields: Fields;
    options: UploadOptions;
  },
): Promise<PublicDocument> => {
  const { signal, onBytes = () => {} } = given.options;
  const form = multipart(counted(given.file, onBytes), given.fields);
  const reply = await line.authorized((token) => ({
    ...target,
    headers: { ...form.headers, ...bearer(token) },
    body: form.open(),
    signal,
  }));
  return replyValue<PublicDocument>(reply, line.url);
};

interface Comparison {
  readonly documentId: string;
  readonly sha256: string;
  readonly signal: AbortSignal | undefined;
}

/** The server knows the hash once it has read the content; until then the content itself has to come, and is hashed. */
const holdsContent = async ({ authorized }: Line, { documentId, sha256, signal }: Comparison): Promise<boolean> => {
  const path = `${documentPath(documentId)}/content`;
  const etag = `"${sha256}"`;
  const condition = { 'If-None-Match': etag };
  const reply = await authorized((token) => {
    return { method: 'GET', path, headers: { ...bearer(token), ...condition }, signal };
  });
  const known = reply.status !== 200 || reply.headers.etag !== undefined;
  try {
    if (reply.status >= 400 && reply.status !== 404) throw await problemOf(reply);
    if (known) return reply.status === 304;
    return (await hashOf(reply.body)) === sha256;
  } finally {
    reply.body.destroy();
  }
};

/** The routes under /documents and /deletions. Each throws what the server refuses, `unavailable`, `unauthenticated`. */
export const documentCalls = (line: Line) => ({
  /** One page, newest first. */
  list: (query: DocumentQuery = {}, signal?: AbortSignal): Promise<Page<PublicDocument>> =>
    json(line, { method: 'GET', path: `/v1/documents${queryOf({ ...query })}`, signal }),

  /** Throws `not_found`. */
  document: (documentId: string, signal?: AbortSignal): Promise<PublicDocument> =>
    json(line, { method: 'GET', path: documentPath(documentId), signal }),

  /** Streamed from `file`, never held whole. Not tried again here: see `patiently`. */
  upload: (file: UploadFile, options: UploadOptions = {}): Promise<PublicDocument> => {
    const tags = (options.tags ?? []).map((tag) => ['tags', tag] as const);
    return upload(line, { method: 'POST', path: '/v1/documents' }, { file, fields: tags, options });
  },

  /** Gives a document new content. */
  replace: (documentId: string, file: UploadFile, options: UploadOptions = {}): Promise<PublicDocument> =>
    upload(line, { method: 'PUT', path: `${documentPath(documentId)}/content` }, { file, fields: [], options }),

  /** Whether the document's content has this SHA-256 (lower-case hex). */
  holds: (documentId: string, sha256: string, signal?: AbortSignal): Promise<boolean> =>
    holdsContent(line, { documentId, sha256, signal }),

  reprocess: (documentId: string, signal?: AbortSignal): Promise<PublicDocument> =>
    json(line, { method: 'POST', path: `${documentPath(documentId)}/reprocess`, signal }),

  remove: (documentId: string, signal?: AbortSignal): Promise<Receipt> =>
    json(line, { method: 'DELETE', path: documentPath(documentId), signal }),

  receipt: (receiptId: string, signal?: AbortSignal): Promise<Receipt> =>
    json(line, { method: 'GET', path: `/v1/deletions/${encodeURIComponent(receiptId)}`, signal }),

  /** Until the document is ready or has failed. */
  async *events(documentId: string, signal?: AbortSignal): AsyncGenerator<DocumentEvent> {
    const reply = await line.authorized((token) => ({
      method: 'GET',
      path: `${documentPath(documentId)}/events`,
      headers: { ...bearer(token), Accept: 'text/event-stream' },
      signal,
    }));
    if (reply.status >= 400) throw await problemOf(reply);
    for await (const { event, data } of serverEvents(reply.body))
      yield { event, data: JSON.parse(data) } as DocumentEvent;
  },
});
