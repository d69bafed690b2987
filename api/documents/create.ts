import { randomUUID } from 'node:crypto';
import { type Document as DocumentRecord, type DocumentRef, NOT_PROCESSED } from '../../common/domain/document.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { json } from '../http/reply.ts';
import { uploadBody } from '../http/upload.ts';
import { extractMessage } from '../messages.ts';
import { route } from '../route.ts';
import { type Original, orNothing, receiveOriginal, removeGeneration } from './original.ts';
import { Document } from './schemas.ts';
import { UPLOAD_FIELDS, type UploadFields } from './upload-fields.ts';

export interface UploadSettings {
  readonly maxUploadBytes: number;
  /** What records name as their s3Bucket. */
  readonly bucket: string;
}

/** Takes back a record that no job will ever work on. */
const withdraw = async (
  { blobs, documents }: Pick<Ports, 'blobs' | 'documents'>,
  record: DocumentRecord,
): Promise<void> => {
  await documents.change(record, { deletedAt: new Date().toISOString() });
  await removeGeneration(blobs, record);
  await documents.remove(record);
};

const newDocument = (ref: DocumentRef, original: Original, { title, description, tags }: UploadFields) => {
  const now = new Date().toISOString();
  return {
    ...ref,
    ...original,
    latestGeneration: ref.generation,
    accessVersion: 0,
    uploadDate: now,
    updatedAt: now,
    status: 'processing' as const,
    processingStatus: NOT_PROCESSED,
    metadata: { tags, ...(title && { title }), ...(description && { description }) },
    searchableContent: { preview: '', keywords: [] },
    access: { isPublic: false, sharedWith: [] },
  };
};

export const createDocument = (
  ports: Pick<Ports, 'blobs' | 'documents' | 'queue'>,
  { maxUploadBytes, bucket }: UploadSettings,
) =>
  route({
    summary: 'Upload a document',
    access: 'user',
    body: uploadBody(UPLOAD_FIELDS, { maxBytes: maxUploadBytes }),
    reply: json(Document, { status: 202, description: 'Taken; it is being processed' }),
    problems: ['storage_full'],
    async handle({ body: receive, caller: { userId } }) {
      const ref = { userId, documentId: randomUUID(), generation: 1 };
      const record = await orNothing(ports.blobs, ref, async () => {
        const { stored, fields } = await receiveOriginal(ports.blobs, ref, receive);
        const arrived = { ...newDocument(ref, stored, fields), s3Bucket: bucket };
        await ports.documents.create(arrived);
        return arrived;
      });
      try {
        await ports.queue.send([extractMessage(ref)]);
      } catch (error) {
        await withdraw(ports, record);
        throw error;
      }
      return record;
    },
  });
