import type { PublicDocument } from '../../../common/domain/document.ts';
import { AppError, codeOf } from '../../../common/domain/errors.ts';
import { fileNameOf } from '../../../common/domain/file-name.ts';
import type { Client } from '../client/client.ts';
import type { UploadFile } from '../client/multipart.ts';
import { type Patience, patiently } from '../client/patience.ts';
import { directSender, firstUploadOf, giveUp } from './direct/send-directly.ts';
import { type LocalFile, openLocalFile } from './local-file.ts';
import type { SentFile } from './outcome.ts';
import { judgeFile } from './suitable.ts';
import type { FoundFile } from './walk.ts';

export interface Sending {
  readonly client: Pick<Client, 'list' | 'holds' | 'upload' | 'replace' | 'reprocess' | 'direct'>;
  readonly signal: AbortSignal;
  readonly tags: readonly string[];
  /** Told which part of this file has gone, from 0 to 1; begins again when the upload does. */
  readonly onPart: (part: number) => void;
  readonly onWait: NonNullable<Patience['onWait']>;
}

export interface Sent extends SentFile {
  readonly status: PublicDocument['status'];
}

/** With the longest waits in between, about three minutes. */
const ATTEMPTS = 10;
const TRIES_AT_REST = 3;
/** Larger files go past the API, in parts. */
const FORM_BYTES_MOST = 5_000_000;
/** Documents of one name; there is one, unless other clients made more. */
const SAME_NAME = 100;

/** The document that has exactly this content already, if one of that name has. Equal sizes alone are compared. */
const twinOf = async (file: LocalFile, existing: readonly PublicDocument[], { client, signal }: Sending) => {
  let sha256: string | undefined;
  for (const document of existing) {
    if (document.status === 'uploading' || document.fileSize !== file.size) continue;
    sha256 ??= await file.sha256();
    if (await client.holds(document.documentId, sha256, signal)) return document;
  }
  return undefined;
};

const sentAs = (outcome: Sent['outcome'], { fileName, documentId, status }: PublicDocument): Sent => {
  return { fileName, documentId, status, outcome };
};

type Send = (existing: PublicDocument | undefined) => Promise<PublicDocument>;

/** In a form. */
const formSender = (fileName: string, file: LocalFile, { client, signal, onPart, tags }: Sending): Send => {
  const upload: UploadFile = { fileName, size: file.size, read: () => file.read() };
  const options = { signal, tags, onBytes: (sent: number) => onPart(sent / file.size) };
  return async (existing) => {
    if (existing?.status === 'uploading') await giveUp(client.direct, firstUploadOf(existing), signal);
    else if (existing !== undefined) return client.replace(existing.documentId, upload, options);
    return client.upload(upload, options);
  };
};

/** Asks what is there first, so that it may be done again when nobody knows whether an upload had arrived. */
const sendOnce = async (
  fileName: string,
  file: LocalFile,
  { send, ...sending }: Sending & { send: Send },
): Promise<Sent> => {
  const { client, signal } = sending;
  const { items: existing } = await client.list({ fileName, limit: SAME_NAME }, signal);
  const twin = await twinOf(file, existing, sending);
  if (twin?.status === 'error') return sentAs('retried', await client.reprocess(twin.documentId, signal));
  if (twin !== undefined) return sentAs('unchanged', twin);
  const [newest] = existing;
  const isNew = newest === undefined || newest.status === 'uploading';
  return sentAs(isNew ? 'added' : 'replaced', await send(newest));
};

/** Undefined where the file has changed meanwhile, whatever came of it. */
const sendAtRest = async (
  fileName: string,
  file: LocalFile,
  sending: Sending & { patience: Patience },
): Promise<Sent | undefined> => {
  const { client, patience } = sending;
  const send =
    file.size > FORM_BYTES_MOST
      ? directSender({ ...sending, direct: client.direct, fileName, file })
      : formSender(fileName, file, sending);
  try {
    const sent = await patiently(() => sendOnce(fileName, file, { ...sending, send }), patience);
    return (await file.hasChanged()) ? undefined : sent;
  } catch (error) {
    // Bytes that do not fit their checksum any more are refused, for one.
    if (codeOf(error) === 'invalid' && (await file.hasChanged())) return undefined;
    throw error;
  }
};

/**
 * Brings one file to the server, unless it is there unchanged; waits and tries again where the server is busy, full or
 * away. Throws `unsupported` and `too_large` for a file that is not for it, what node:fs throws, and what stands in
 * the way of all files.
 */
export const sendFile = async (found: FoundFile, sending: Sending): Promise<Sent> => {
  const fileName = fileNameOf(found.name);
  const patience = { attempts: ATTEMPTS, unreachable: true, signal: sending.signal, onWait: sending.onWait };
  for (let tries = 1; tries <= TRIES_AT_REST; tries += 1) {
    await using file = await openLocalFile(found);
    judgeFile(fileName, file);
    const sent = await sendAtRest(fileName, file, { ...sending, patience });
    if (sent !== undefined) return sent;
  }
  throw new AppError('conflict', 'it keeps changing while it is read: what was sent may mix old and new');
};
