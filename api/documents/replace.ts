import { afresh } from '../../common/domain/afresh.ts';
import type { DocumentChange, Document as DocumentRecord, DocumentRef } from '../../common/domain/document.ts';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { extractMessage } from '../../common/runtime/extract-message.ts';
import type { Caller } from '../caller.ts';
import { json } from '../http/reply.ts';
import { uploadBody } from '../http/upload.ts';
import { route } from '../route.ts';
import { ById } from '../schemas.ts';
import type { UploadSettings } from './create.ts';
import { orNothing, putOriginal, receiveOriginal } from './original.ts';
import { changeOwn, ownDocument, requireArrived } from './own.ts';
import { Document } from './schemas.ts';

type Needs = Pick<Ports, 'blobs' | 'documents' | 'queue'>;

const OVERTAKEN = 'A newer content of this document came in meanwhile, and stays.';

interface Arrival {
  readonly document: DocumentRecord;
  readonly fetch: (ref: DocumentRef) => Promise<DocumentChange>;
}

/**
 * Makes a new generation the current one, unless a newer one is, and sends it on its way; what is served stays served.
 * @param fetch puts its original; what that leaves is removed when this fails
 */
const adopt = async (ports: Needs, caller: Caller, { document, fetch }: Arrival): Promise<DocumentRecord> => {
  const { userId, documentId } = document;
  const ref = { userId, documentId, generation: await ports.documents.nextGeneration(document) };
  const { after } = await orNothing(ports.blobs, ref, async () => {
    const original = await fetch(ref);
    return changeOwn(ports, caller, {
      documentId,
      change({ generation }) {
        if (generation > ref.generation) throw new AppError('conflict', OVERTAKEN);
        return { ...original, ...afresh(new Date().toISOString()), generation: ref.generation };
      },
    });
  });
  await ports.queue.send([extractMessage(ref)]); // where this fails, upkeep finds a document in processing with no job
  return after;
};

const reply = json(Document, { status: 202, description: 'Taken; it is being processed' });

export const replaceContent = (ports: Needs, { maxFormBytes, maxUploadBytes }: UploadSettings) =>
  route({
    summary: 'Replace the content',
    access: 'user',
    params: ById,
    body: uploadBody({}, { maxFormBytes, maxUploadBytes }),
    reply,
    problems: ['conflict', 'stale', 'storage_full'],
    async handle({ params: { id }, body: receive, caller }) {
      return adopt(ports, caller, {
        document: await ownDocument(ports, caller, id),
        async fetch(ref) {
          const { stored } = await receiveOriginal(ports.blobs, ref, receive);
          return { ...stored, contentSha256: undefined, contentMd5: undefined };
        },
      });
    },
  });

export const reprocess = (ports: Needs) =>
  route({
    summary: 'Process the content again',
    access: 'user',
    params: ById,
    reply,
    problems: ['conflict', 'stale', 'storage_full'],
    async handle({ params: { id }, caller }) {
      const document = requireArrived(await ownDocument(ports, caller, id));
      return adopt(ports, caller, {
        document,
        async fetch(ref) {
          const { body } = await ports.blobs.get(document.s3Key).catch((cause: unknown) => {
            if (codeOf(cause) !== 'not_found') throw cause;
            throw new AppError('conflict', OVERTAKEN, { cause });
          });
          return putOriginal(ports.blobs, ref, { fileName: document.fileName, body });
        },
      });
    },
  });
