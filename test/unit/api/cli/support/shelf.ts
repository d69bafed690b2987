import { createHash } from 'node:crypto';
import type { Client } from '../../../../../api/cli/client/client.ts';
import type { UploadFile } from '../../../../../api/cli/client/multipart.ts';
import type { ProcessingStatus, PublicDocument } from '../../../../../common/domain/document.ts';
import { AppError } from '../../../../../common/domain/errors.ts';
import { allOf } from './all-of.ts';
import { aPublicDocument } from './documents.ts';
import { type DirectShelf, directShelf } from './shelf-direct.ts';

type Calls = Pick<Client, 'list' | 'document' | 'holds' | 'upload' | 'replace' | 'reprocess' | 'events'>;

/** Documents in memory behind a client's calls, which tests put in whatever state they need. */
export interface Shelf extends Calls {
  readonly direct: DirectShelf;
  readonly documents: Map<string, PublicDocument>;
  /** Names of the calls, in order. */
  readonly called: string[];
  /** Thrown by the next uploads, one each. */
  readonly refusals: Error[];
  set(documentId: string, change: { status?: PublicDocument['status']; steps?: Partial<ProcessingStatus> }): void;
}

const read = async (file: UploadFile): Promise<Buffer> => Buffer.concat(await allOf(file.read()));
const hashOf = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

/** @param contents of documents that are there and ready, by file name */
export const shelf = (contents: Readonly<Record<string, string>> = {}): Shelf => {
  const documents = new Map<string, PublicDocument>();
  const hashes = new Map<string, string>();
  const called: string[] = [];
  const refusals: Error[] = [];

  const put = (document: PublicDocument, content: Buffer | string): PublicDocument => {
    documents.set(document.documentId, document);
    hashes.set(document.documentId, hashOf(content));
    return document;
  };
  for (const [fileName, content] of Object.entries(contents)) {
    put(aPublicDocument({ fileName, fileSize: Buffer.byteLength(content) }), content);
  }
  const take = async (file: UploadFile, documentId?: string): Promise<PublicDocument> => {
    const refusal = refusals.shift();
    if (refusal !== undefined) throw refusal;
    const { fileName, size } = file;
    const ids = documentId === undefined ? {} : { documentId };
    return put(aPublicDocument({ fileName, fileSize: size, status: 'processing', ...ids }), await read(file));
  };

  return {
    documents,
    called,
    refusals,
    direct: directShelf({ called, documents, put }),
    set(documentId, { status, steps = {} }) {
      const document = documents.get(documentId);
      if (document === undefined) throw new Error(`no document ${documentId}`);
      const processingStatus = { ...document.processingStatus, ...steps };
      documents.set(documentId, { ...document, processingStatus, ...(status && { status }) });
    },
    async list({ status, fileName, limit = 20 } = {}) {
      called.push('list');
      const fits = (document: PublicDocument): boolean =>
        (status === undefined || document.status === status) &&
        (fileName === undefined || document.fileName === fileName);
      return { items: [...documents.values()].filter(fits).slice(0, limit) };
    },
    async document(documentId) {
      called.push('document');
      const document = documents.get(documentId);
      if (document === undefined) throw new AppError('not_found', 'No document.');
      return document;
    },
    async holds(documentId, sha256) {
      called.push('holds');
      return hashes.get(documentId) === sha256;
    },
    upload: (file) => {
      called.push('upload');
      return take(file);
    },
    replace: (documentId, file) => {
      called.push('replace');
      return take(file, documentId);
    },
    async reprocess(documentId) {
      called.push('reprocess');
      this.set(documentId, { status: 'processing' });
      return this.document(documentId);
    },
    /** None: a stream that ends at once tells nothing. */
    async *events() {
      yield* [];
    },
  };
};
