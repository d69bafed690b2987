import type { DocumentState } from '../../common/domain/document.ts';
import type { Filters, Hit, Visibility } from '../../common/domain/search.ts';

/** Whoever asks; never absent, so that no search can forget whose it is. */
export interface Caller {
  readonly userId: string;
}

/** What the index lets through for a caller: the one place where this is built. */
export const visibleTo = ({ userId }: Caller): Visibility => ({ userId, sharedDocumentIds: [] });

const maySee = ({ userId, isPublic, sharedWith }: DocumentState, caller: Caller): boolean =>
  userId === caller.userId || isPublic || sharedWith.includes(caller.userId);

const passes = (document: DocumentState, filters: Filters): boolean =>
  (filters.documentIds?.includes(document.documentId) ?? true) &&
  (filters.tags?.some((tag) => document.tags.includes(tag)) ?? true) &&
  (filters.fileTypes?.includes(document.fileType) ?? true) &&
  (filters.uploadedFrom === undefined || Date.parse(document.uploadDate) >= Date.parse(filters.uploadedFrom)) &&
  (filters.uploadedTo === undefined || Date.parse(document.uploadDate) < Date.parse(filters.uploadedTo));

/**
 * The record's word on a hit: of the served generation, not deleted, the caller's to see, and what was asked for.
 * @param document undefined where there is no record
 */
export const isShown = (
  { generation }: Pick<Hit, 'generation'>,
  document: DocumentState | undefined,
  { caller, filters }: { caller: Caller; filters: Filters },
): boolean =>
  document !== undefined &&
  document.deletedAt === undefined &&
  document.servedGeneration === generation &&
  maySee(document, caller) &&
  passes(document, filters);
