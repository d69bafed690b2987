import { createHash, randomUUID } from 'node:crypto';
import type { DirectCalls, DirectPart, DirectUpload } from '../../../../../api/cli/client/direct-calls.ts';
import type { PublicDocument } from '../../../../../common/domain/document.ts';
import { AppError } from '../../../../../common/domain/errors.ts';
import { allOf } from './all-of.ts';
import { aPublicDocument } from './documents.ts';

/** Uploads in parts, in memory. */
export interface DirectShelf extends DirectCalls {
  readonly uploads: Map<string, { upload: DirectUpload; pieces: Map<number, Buffer> }>;
  /** Thrown by the next parts, one each. */
  readonly breaks: Error[];
  /** The numbers of the parts that were sent, failures too. */
  readonly sent: number[];
}

interface Behind {
  readonly called: string[];
  readonly documents: Map<string, PublicDocument>;
  put(document: PublicDocument, content: Buffer): PublicDocument;
}

export const directShelf = ({ called, documents, put }: Behind): DirectShelf => {
  const uploads: DirectShelf['uploads'] = new Map();
  const breaks: Error[] = [];
  const sent: number[] = [];

  const find = (uploadId: string) => {
    const found = uploads.get(uploadId);
    if (found === undefined) throw new AppError('not_found', 'No upload.');
    return found;
  };
  const stateOf = (uploadId: string): DirectUpload => {
    const { upload, pieces } = find(uploadId);
    const part = ({ partNumber, checksum }: DirectPart): DirectPart =>
      pieces.has(partNumber)
        ? { partNumber, checksum, arrived: true }
        : { partNumber, checksum, arrived: false, url: `/${uploadId}/${partNumber}` };
    return { ...upload, parts: upload.parts.map(part) };
  };

  return {
    uploads,
    breaks,
    sent,
    async begin({ fileName, fileSize, partSize, checksums, documentId = randomUUID() }) {
      called.push('begin');
      const isNew = !documents.has(documentId);
      const uploadId = `${documentId}.${isNew ? 1 : 2}`;
      const parts = checksums.map((checksum, index) => ({ partNumber: index + 1, checksum, arrived: false }));
      uploads.set(uploadId, {
        upload: { uploadId, documentId, fileName, fileSize, partSize, parts },
        pieces: new Map(),
      });
      if (isNew) put(aPublicDocument({ documentId, fileName, fileSize, status: 'uploading' }), Buffer.alloc(0));
      return stateOf(uploadId);
    },
    async read(uploadId) {
      called.push('read');
      return stateOf(uploadId);
    },
    async send({ partNumber, checksum, url = '' }, body, { onBytes } = {}) {
      sent.push(partNumber);
      const bytes = Buffer.concat(await allOf(body.read()));
      const failure = breaks.shift();
      if (failure !== undefined) throw failure;
      if (createHash('sha256').update(bytes).digest('base64') !== checksum)
        throw new AppError('invalid', 'Other bytes.');
      find(url.split('/')[1] ?? '').pieces.set(partNumber, bytes);
      onBytes?.(bytes.length);
    },
    async complete(uploadId) {
      called.push('complete');
      const { upload, pieces } = find(uploadId);
      const { documentId, fileName, fileSize, parts } = upload;
      const content = Buffer.concat(parts.map(({ partNumber }) => pieces.get(partNumber) ?? Buffer.alloc(0)));
      uploads.delete(uploadId);
      return put(aPublicDocument({ documentId, fileName, fileSize, status: 'processing' }), content);
    },
    async abandon(uploadId) {
      called.push('abandon');
      documents.delete(find(uploadId).upload.documentId);
      uploads.delete(uploadId);
    },
  };
};
