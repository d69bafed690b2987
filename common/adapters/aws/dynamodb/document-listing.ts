import type { Document } from '../../../domain/document.ts';
import type { ListQuery } from '../../../ports/document-directory.ts';
import { ownFileName, ownStatus } from './document-item.ts';
import { type Expressions, placeholders } from './expressions.ts';
import type { Key } from './item.ts';
import { INDEX } from './tables.ts';

/** How one index answers a list; all are ranged on the upload date. */
export interface Listing extends Expressions {
  readonly index: string;
  /** The index's hash key; with uploadDate, userId and documentId it makes the key of a place in the index. */
  readonly hash: Key;
}

type Filters = Omit<ListQuery, 'limit' | 'cursor'>;

const PLACE = ['userId', 'documentId', 'uploadDate'] as const;

/**
 * The index that reads least: those by name and by status hold keys alone, and what else is asked for is seen in the
 * records; else all of the user's are filtered by the service.
 */
export const listingOf = ({ userId, fileName, status, fileType, tag }: Filters): Listing => {
  if (fileName !== undefined) return listing(INDEX.userFileName, { ownFileName: ownFileName(userId, fileName) });
  if (status !== undefined && fileType === undefined && tag === undefined) {
    return listing(INDEX.userStatus, { ownStatus: ownStatus(userId, status) });
  }
  return listing(INDEX.userUploadDate, { userId }, { status, fileType, tag });
};

const listing = (index: string, hash: Key, filters: Partial<Filters> = {}): Listing => {
  const { path, value, names, values } = placeholders();
  const key = Object.entries(hash).map(([attribute, wanted]) => `${path(attribute)} = ${value(wanted)}`);
  const conditions = (['status', 'fileType'] as const)
    .filter((field) => filters[field] !== undefined)
    .map((field) => `${path(field)} = ${value(filters[field])}`);
  if (filters.tag !== undefined) conditions.push(`contains(${path('metadata', 'tags')}, ${value(filters.tag)})`);
  return {
    index,
    hash,
    key: key.join(' AND '),
    ...(conditions.length > 0 && { filter: conditions.join(' AND ') }),
    projection: PLACE.map((attribute) => path(attribute)).join(', '),
    names,
    values,
  };
};

/** Whether a record, as it is now, is what was asked for. */
export const isAsked = (document: Document, { status, fileType, fileName, tag }: Filters): boolean =>
  document.deletedAt === undefined &&
  (status === undefined || document.status === status) &&
  (fileType === undefined || document.fileType === fileType) &&
  (fileName === undefined || document.fileName === fileName) &&
  (tag === undefined || document.metadata.tags.includes(tag));
