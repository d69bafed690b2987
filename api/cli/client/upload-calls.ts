import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { PublicDocument } from '../../../common/domain/document.ts';
import { AppError } from '../../../common/domain/errors.ts';
import { bearer, documentPath, type Line, replyValue } from './calls.ts';
import { multipart, type UploadFile } from './multipart.ts';
import { problemOf } from './problem.ts';

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes of the file have gone; begins again when the upload does. */
  readonly onBytes?: ((sent: number) => void) | undefined;
  /** For a new document only. */
  readonly tags?: readonly string[] | undefined;
}

/** Field values of a form. */
type Fields = readonly (readonly [string, string])[];

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

const hashOf = async (body: IncomingMessage): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const piece of body as AsyncIterable<Buffer>) hash.update(piece);
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new AppError('unavailable', 'The connection broke within a document. Try again.', { cause: error });
  }
  return hash.digest('hex');
};

interface Comparison {
  readonly documentId: string;
  readonly sha256: string;
  readonly signal: AbortSignal | undefined;
}

/** Hashes a content that lies elsewhere; the address itself is the right to it, and the login is not for there. */
const isThere = async (line: Line, address: string, { sha256, signal }: Comparison): Promise<boolean> => {
  const reply = await line.transport.send({ method: 'GET', path: address, signal });
  try {
    if (reply.status === 404) return false;
    if (reply.status >= 400) throw await problemOf(reply);
    return (await hashOf(reply.body)) === sha256;
  } finally {
    reply.discard();
  }
};

/** The server knows the hash once it has read the content; until then the content itself has to come, and is hashed. */
const holdsContent = async (line: Line, comparison: Comparison): Promise<boolean> => {
  const { documentId, sha256, signal } = comparison;
  const path = `${documentPath(documentId)}/content`;
  const etag = `"${sha256}"`;
  const condition = { 'If-None-Match': etag };
  const reply = await line.authorized((token) => {
    return { method: 'GET', path, headers: { ...bearer(token), ...condition }, signal };
  });
  const { etag: itsTag, location } = reply.headers;
  try {
    // 404 and 409: it is just being deleted, or replaced.
    if (reply.status >= 400 && reply.status !== 404 && reply.status !== 409) throw await problemOf(reply);
    if (reply.status === 302 && itsTag === undefined && location) return await isThere(line, location, comparison);
    if (reply.status !== 200 || itsTag !== undefined) return reply.status === 304;
    return (await hashOf(reply.body)) === sha256;
  } finally {
    reply.discard();
  }
};

/** The routes that move whole contents. Each throws what the server refuses, `unavailable`, `unauthenticated`. */
export const uploadCalls = (line: Line) => ({
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
});
