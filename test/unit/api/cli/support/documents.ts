import { randomUUID } from 'node:crypto';
import type { DocumentStatus, ProcessingStatus, PublicDocument } from '../../../../../common/domain/document.ts';

const TIME = '2026-11-22T16:03:00.000Z';

interface Given {
  readonly documentId?: string;
  readonly fileName?: string;
  readonly fileSize?: number;
  readonly status?: DocumentStatus;
  readonly steps?: Partial<ProcessingStatus>;
}

/** A document as the REST API gives it. */
export const aPublicDocument = ({
  documentId = randomUUID(),
  fileName = 'docs/guide.md',
  fileSize = 1200,
  status = 'ready',
  steps = {},
}: Given = {}): PublicDocument => {
  const done = status === 'ready';
  return {
    userId: 'ada',
    documentId,
    fileName,
    fileType: 'text/markdown',
    fileSize,
    s3Key: `documents/ada/${documentId}/1/original.md`,
    s3Bucket: 'local',
    uploadDate: TIME,
    updatedAt: TIME,
    status,
    processingStatus: { textExtracted: done, chunksCreated: done, vectorsGenerated: done, indexed: done, ...steps },
    metadata: { tags: [] },
    searchableContent: { preview: '', keywords: [] },
    access: { isPublic: false, sharedWith: [] },
  };
};
