import { type Document, type DocumentRef, NOT_PROCESSED } from '../../common/domain/document.ts';
import type { Original } from './original.ts';
import type { UploadFields } from './upload-fields.ts';

interface Given {
  readonly original: Original & Pick<Document, 's3Bucket'>;
  readonly fields: UploadFields;
  readonly status: 'uploading' | 'processing';
}

/** The record of a document that comes in now. */
export const newDocument = (ref: DocumentRef, { original, fields, status }: Given): Document => {
  const { title, description, tags } = fields;
  const now = new Date().toISOString();
  return {
    ...ref,
    ...original,
    latestGeneration: ref.generation,
    accessVersion: 0,
    uploadDate: now,
    updatedAt: now,
    status,
    processingStatus: NOT_PROCESSED,
    metadata: { tags, ...(title && { title }), ...(description && { description }) },
    searchableContent: { preview: '', keywords: [] },
    access: { isPublic: false, sharedWith: [] },
  };
};
