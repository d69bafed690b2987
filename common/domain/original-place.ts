import type { DocumentKey } from './document.ts';

/** What the key of an original says. */
export interface OriginalPlace extends DocumentKey {
  /** Absent on the bare path, documents/{userId}/{documentId}/original.{ext}, where people copy files to. */
  readonly generation?: number;
  readonly extension: string;
}

const ORIGINAL = /^documents\/([^/]+)\/([^/]+)\/(?:([1-9]\d{0,8})\/)?original\.([a-z0-9]+)$/;

/** Undefined for a key under which no original lies. */
export const originalPlaceOf = (key: string): OriginalPlace | undefined => {
  const [, userId, documentId, generation, extension] = ORIGINAL.exec(key) ?? [];
  if (userId === undefined || documentId === undefined || extension === undefined) return undefined;
  return { userId, documentId, extension, ...(generation !== undefined && { generation: Number(generation) }) };
};
