import { afresh } from '../../../common/domain/afresh.ts';
import { type DocumentChange, type DocumentKey, NOT_PROCESSED } from '../../../common/domain/document.ts';
import { AppError, codeOf } from '../../../common/domain/errors.ts';
import { formatOf } from '../../../common/domain/format.ts';
import { originalKey } from '../../../common/domain/keys.ts';
import type { OriginalPlace } from '../../../common/domain/original-place.ts';
import { isLater } from '../../../common/domain/sequencer.ts';
import type { Message } from '../../../common/ports/job-queue.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import { extractMessage } from '../../../common/runtime/extract-message.ts';
import { findDocument } from '../../current.ts';
import type { Arrival } from './s3-event.ts';

export type AdoptNeeds = Pick<Ports, 'blobs' | 'documents' | 'users'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Makes an object that somebody copied to the bare path the next generation of its document, or a document of its own;
 * the object itself stays where it was put. Throws `invalid` or `not_found` for a path that names no user or document.
 */
export const adopt = async (arrival: Arrival, place: OriginalPlace, ports: AdoptNeeds): Promise<Message[]> => {
  const key: DocumentKey = { userId: place.userId, documentId: place.documentId };
  const document = await findDocument(ports, key);
  const seen = document?.s3Sequencer;
  if (document?.deletedAt !== undefined) return [];
  if (document !== undefined && seen !== undefined && !isLater(arrival.sequencer, seen)) {
    return seen === arrival.sequencer ? [extractMessage(document)] : [];
  }
  await requirePlace(place, ports);
  const generation = document === undefined ? 1 : await ports.documents.nextGeneration(key);
  const original = await copyInto({ arrival, place, generation }, ports);
  const now = new Date().toISOString();
  await (document === undefined
    ? ports.documents.create({ ...key, ...original, ...newRecord(now), generation })
    : ports.documents.change(document, { ...original, ...afresh(now), ...UNREAD, generation })
  ).catch(tryAgain);
  return [extractMessage({ ...key, generation })];
};

const requirePlace = async ({ userId, documentId }: OriginalPlace, { users }: AdoptNeeds): Promise<void> => {
  if (!UUID.test(documentId)) {
    throw new AppError('invalid', `${documentId} is no UUID: copy files to documents/{userId}/{UUID}/original.{ext}.`);
  }
  await users.get(userId);
};

/** To where nothing is ever overwritten. Returns the record's fields that say what the original is. */
const copyInto = async (
  { arrival, place, generation }: { arrival: Arrival; place: OriginalPlace; generation: number },
  { blobs }: AdoptNeeds,
) => {
  const { body, fileName = `original.${place.extension}` } = await blobs.get(arrival.key);
  const { mediaType: fileType } = formatOf(`original.${place.extension}`);
  const s3Key = originalKey({ ...place, generation }, place.extension);
  const fileSize = await blobs.put(s3Key, body, { fileName, mediaType: fileType });
  return { fileName, fileType, fileSize, s3Key, s3Bucket: arrival.bucket, s3Sequencer: arrival.sequencer };
};

const newRecord = (now: string) => ({
  latestGeneration: 1,
  accessVersion: 0,
  uploadDate: now,
  updatedAt: now,
  status: 'processing' as const,
  processingStatus: NOT_PROCESSED,
  metadata: { tags: [] },
  searchableContent: { preview: '', keywords: [] },
  access: { isPublic: false, sharedWith: [] },
});

const UNREAD: DocumentChange = { contentSha256: undefined, contentMd5: undefined };

/** Another change came between; next time the record is seen as it is. */
const tryAgain = (cause: unknown): never => {
  if (codeOf(cause) !== 'stale' && codeOf(cause) !== 'conflict') throw cause;
  throw new AppError('unavailable', 'The document changed just now.', { cause });
};
