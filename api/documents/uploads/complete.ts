import type { Document as DocumentRecord } from '../../../common/domain/document.ts';
import { AppError, codeOf } from '../../../common/domain/errors.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import type { Begun } from '../../../common/ports/uploads.ts';
import { adoptUpload, arrived } from '../../../common/runtime/arrived.ts';
import type { Caller } from '../../caller.ts';
import { json } from '../../http/reply.ts';
import { route } from '../../route.ts';
import type { UploadSettings } from '../create.ts';
import { ownDocument } from '../own.ts';
import { Document } from '../schemas.ts';
import { noUpload, ownUpload, refOf } from './own-upload.ts';
import { ByUploadId } from './schemas.ts';

type Needs = Pick<Ports, 'blobs' | 'documents' | 'pending' | 'queue' | 'uploads'>;

const NAMED_MOST = 20;

/** Throws `conflict` that names the parts which are missing. */
const putTogether = async (transfer: Begun, { uploads }: Needs): Promise<void> => {
  try {
    await uploads.complete(transfer);
  } catch (cause) {
    if (codeOf(cause) !== 'conflict') throw cause;
    const there = new Set(await uploads.arrived(transfer));
    const missing = transfer.checksums.map((_, index) => index + 1).filter((partNumber) => !there.has(partNumber));
    const named = missing.slice(0, NAMED_MOST).join(', ');
    const more = missing.length > NAMED_MOST ? ` and ${missing.length - NAMED_MOST} more` : '';
    throw new AppError('conflict', `These parts have not arrived: ${named}${more}. Send them first.`, { cause });
  }
};

/** What an upload has come to that is no longer pending: the first answer to its completion may have been lost. */
const completedBefore = async (ports: Needs, caller: Caller, uploadId: string): Promise<DocumentRecord> => {
  const { documentId, generation } = refOf(caller, uploadId);
  const document = await ownDocument(ports, caller, documentId);
  if (document.generation < generation || document.status === 'uploading') throw noUpload();
  return document;
};

export const completeUpload = (ports: Needs, { storageAnnounces }: UploadSettings) =>
  route({
    summary: 'Complete an upload of which all parts have arrived',
    access: 'user',
    params: ByUploadId,
    reply: json(Document, { status: 202, description: 'Taken; it goes on to be processed' }),
    problems: ['conflict', 'storage_full'],
    async handle({ params: { uploadId }, caller }) {
      try {
        const upload = await ownUpload(ports, caller, uploadId);
        await putTogether(upload.transfer, ports);
        await (storageAnnounces ? adoptUpload(upload, ports) : arrived(upload, ports));
      } catch (error) {
        if (codeOf(error) !== 'not_found') throw error;
        return completedBefore(ports, caller, uploadId);
      }
      return ownDocument(ports, caller, refOf(caller, uploadId).documentId);
    },
  });
