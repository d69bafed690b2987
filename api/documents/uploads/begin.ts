import { randomUUID } from 'node:crypto';
import type { DocumentRef } from '../../../common/domain/document.ts';
import { AppError } from '../../../common/domain/errors.ts';
import { fileNameOf } from '../../../common/domain/file-name.ts';
import { formatOf } from '../../../common/domain/format.ts';
import { originalKey } from '../../../common/domain/keys.ts';
import { partsOfTransfer } from '../../../common/domain/transfer.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import type { PendingUpload } from '../../../common/ports/upload-store.ts';
import type { Transfer } from '../../../common/ports/uploads.ts';
import { endUpload } from '../../../common/runtime/end-upload.ts';
import type { Caller } from '../../caller.ts';
import { jsonBody } from '../../http/body.ts';
import { json } from '../../http/reply.ts';
import { tooLarge } from '../../http/upload.ts';
import { route } from '../../route.ts';
import type { UploadSettings } from '../create.ts';
import { newDocument } from '../new-document.ts';
import { ownDocument } from '../own.ts';
import { NewUpload, PART_BYTES, Upload } from './schemas.ts';
import { stateOf } from './state.ts';

type Needs = Pick<Ports, 'documents' | 'pending' | 'uploads'>;

/** Throws `too_large`, and `invalid` where sizes and checksums do not fit. */
const transferOf = (given: NewUpload, maxBytes: number): Omit<Transfer, 'key'> => {
  const { fileSize: size, checksums } = given;
  if (size > maxBytes) throw tooLarge(maxBytes);
  const partSize = (given.partSize ?? size) < size ? given.partSize : undefined; // one part is sent as a whole
  partsOfTransfer({ size, partSize, checksums });
  if (partSize === undefined && size > PART_BYTES.most) {
    throw new AppError('invalid', 'One PUT takes 5 GiB at most; give a partSize, and a checksum for each part.');
  }
  const fileName = fileNameOf(given.fileName);
  return { fileName, mediaType: formatOf(fileName).mediaType, size, partSize, checksums };
};

/** The generation that is to come: the first of a new document, or the next of the caller's own. */
const nextRef = async (
  ports: Pick<Ports, 'documents'>,
  caller: Caller,
  documentId: string | undefined,
): Promise<DocumentRef> => {
  const { userId } = caller;
  if (documentId === undefined) return { userId, documentId: randomUUID(), generation: 1 };
  await ownDocument(ports, caller, documentId);
  return { userId, documentId, generation: await ports.documents.nextGeneration({ userId, documentId }) };
};

/** What is pending comes before the record: no record is ever left to wait for an upload that nobody knows. */
const open = async (
  ref: DocumentRef,
  ports: Needs,
  { transfer, createRecord }: { transfer: Transfer; createRecord: () => Promise<void> },
): Promise<PendingUpload> => {
  const begun = await ports.uploads.begin(transfer);
  const upload = { ...ref, transfer: begun, startedAt: new Date().toISOString() };
  try {
    await ports.pending.create(upload);
    await createRecord();
    return upload;
  } catch (error) {
    await endUpload(upload, ports);
    throw error;
  }
};

export const beginUpload = (ports: Needs, { maxUploadBytes, bucket }: UploadSettings) =>
  route({
    summary: 'Begin an upload that goes past the API, whole or in parts',
    access: 'user',
    body: jsonBody(NewUpload),
    reply: json(Upload, { status: 201, description: 'Send each part to its address, then complete the upload' }),
    problems: ['not_found', 'storage_full'],
    async handle({ body, caller }) {
      const parts = transferOf(body, maxUploadBytes);
      const ref = await nextRef(ports, caller, body.documentId);
      const transfer = { ...parts, key: originalKey(ref, formatOf(parts.fileName).extension) };
      const upload = await open(ref, ports, {
        transfer,
        async createRecord() {
          if (body.documentId !== undefined) return;
          const { fileName, mediaType: fileType, size: fileSize, key: s3Key } = transfer;
          const original = { fileName, fileType, fileSize, s3Key, s3Bucket: bucket };
          const fields = { title: body.title, description: body.description, tags: body.tags ?? [] };
          await ports.documents.create(newDocument(ref, { original, fields, status: 'uploading' }));
        },
      });
      return stateOf(upload, [], ports);
    },
  });
