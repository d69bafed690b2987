import type { Document, DocumentKey } from '../../../domain/document.ts';
import { type Item, WRITE_ID } from './item.ts';
import { shardKey } from './shards.ts';

/**
 * Where the upload date of a tombstone is kept: every list's index is ranged on `uploadDate`, so without that attribute
 * a tombstone is in none of them.
 */
export const TOMBSTONE_DATE = 'tombstoneUploadDate';

/** The hash key of the user's documents of this name. A userId has no line break. */
export const ownFileName = (userId: string, fileName: string): string => `${userId}\n${fileName}`;
export const ownStatus = (userId: string, status: string): string => `${userId}\n${status}`;

/** What indexes read, for those of the fields that are there. */
export const indexed = (
  { userId, documentId }: DocumentKey,
  {
    status,
    fileType,
    fileName,
  }: { status?: string | undefined; fileType?: string | undefined; fileName?: string | undefined },
): Item => ({
  ...(status !== undefined && { statusShard: shardKey(status, documentId), ownStatus: ownStatus(userId, status) }),
  ...(fileType !== undefined && { fileTypeShard: shardKey(fileType, documentId) }),
  ...(fileName !== undefined && { ownFileName: ownFileName(userId, fileName) }),
});

export const itemOf = ({ uploadDate, ...document }: Document): Item => ({
  ...document,
  ...indexed(document, document),
  [document.deletedAt === undefined ? 'uploadDate' : TOMBSTONE_DATE]: uploadDate,
});

/** The record alone, without what indexes and retries need. */
export const documentOf = ({
  statusShard: _statusShard,
  ownStatus: _ownStatus,
  fileTypeShard: _fileTypeShard,
  ownFileName: _ownFileName,
  [WRITE_ID]: _writeId,
  [TOMBSTONE_DATE]: tombstoneDate,
  ...document
}: Item): Document =>
  (tombstoneDate === undefined ? document : { ...document, uploadDate: tombstoneDate }) as unknown as Document;
