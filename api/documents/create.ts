import { randomUUID } from 'node:crypto';
import type { Document as DocumentRecord } from '../../common/domain/document.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { extractMessage } from '../../common/runtime/extract-message.ts';
import { json } from '../http/reply.ts';
import { uploadBody } from '../http/upload.ts';
import { route } from '../route.ts';
import { newDocument } from './new-document.ts';
import { orNothing, receiveOriginal, removeGeneration } from './original.ts';
import { Document } from './schemas.ts';
import { UPLOAD_FIELDS } from './upload-fields.ts';

export interface UploadSettings {
  /** Of a file in a form; larger ones, up to `maxUploadBytes`, go by /v1/documents/uploads. */
  readonly maxFormBytes: number;
  readonly maxUploadBytes: number;
  /** What records name as their s3Bucket. */
  readonly bucket: string;
  /** Whether the storage itself tells the extract queue of each original that has come in. */
  readonly storageAnnounces: boolean;
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

export const createDocument = (
  ports: Pick<Ports, 'blobs' | 'documents' | 'queue'>,
  { maxFormBytes, maxUploadBytes, bucket }: UploadSettings,
) =>
  route({
    summary: 'Upload a document',
    access: 'user',
    body: uploadBody(UPLOAD_FIELDS, { maxFormBytes, maxUploadBytes }),
    reply: json(Document, { status: 202, description: 'Taken; it is being processed' }),
    problems: ['storage_full'],
    async handle({ body: receive, caller: { userId } }) {
      const ref = { userId, documentId: randomUUID(), generation: 1 };
      const record = await orNothing(ports.blobs, ref, async () => {
        const { stored, fields } = await receiveOriginal(ports.blobs, ref, receive);
        const arrived = newDocument(ref, { original: { ...stored, s3Bucket: bucket }, fields, status: 'processing' });
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
