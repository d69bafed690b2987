import { DOCUMENT_STATUSES, type Document, type DocumentStatus } from '../../common/domain/document.ts';
import type { DocumentDirectory } from '../../common/ports/document-directory.ts';

/** Where a walk goes on. */
export interface Place {
  readonly status: DocumentStatus;
  readonly cursor?: string;
}

export interface WalkPage {
  readonly documents: readonly Document[];
  /** After this page; absent at the end. */
  readonly next?: Place;
}

interface Walk {
  /** ISO 8601; the same for all pages of a walk. */
  readonly before: string;
  readonly statuses?: readonly DocumentStatus[];
  /** Absent: the beginning. */
  readonly from?: Place | undefined;
}

/** Everybody's documents that were uploaded before a time, status by status, a page at a time. */
export async function* walkDocuments(
  directory: DocumentDirectory,
  { before, statuses = DOCUMENT_STATUSES, from }: Walk,
): AsyncGenerator<WalkPage> {
  const [first] = statuses;
  let place: Place | undefined = from ?? (first && { status: first });
  while (place !== undefined) {
    const { status, cursor }: Place = place;
    const { items, nextCursor } = await directory.inStatus(status, before, cursor);
    const following = statuses[statuses.indexOf(status) + 1];
    place = nextCursor === undefined ? following && { status: following } : { status, cursor: nextCursor };
    yield { documents: items, ...(place && { next: place }) };
  }
}
