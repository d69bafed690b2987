import { randomUUID } from 'node:crypto';
import { type Document, type DocumentRef, NOT_PROCESSED } from '../../common/domain/document.ts';
import { originalKey } from '../../common/domain/keys.ts';

/** A record as an upload leaves it; `changes` replace whole fields. */
export const aDocument = (changes: Partial<Document> = {}): Document => {
  const ref = aRef(changes);
  const now = new Date().toISOString();
  return {
    ...ref,
    latestGeneration: ref.generation,
    fileName: 'manual.txt',
    fileType: 'text/plain',
    fileSize: 12,
    s3Key: originalKey(ref, 'txt'),
    s3Bucket: 'local',
    uploadDate: now,
    updatedAt: now,
    status: 'processing',
    processingStatus: NOT_PROCESSED,
    metadata: { tags: [] },
    searchableContent: { preview: '', keywords: [] },
    access: { isPublic: false, sharedWith: [] },
    accessVersion: 0,
    ...changes,
  };
};

/** The first generation of some document of ada's. */
export const aRef = ({ userId = 'ada', documentId = randomUUID(), generation = 1 }: Partial<DocumentRef> = {}) => ({
  userId,
  documentId,
  generation,
});
