import { processingMs } from '../domain/document.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Observe, StorageCalled } from './sight.ts';

/** Tells of each document that becomes ready, or ends in an error. */
export const seenDocuments = (documents: DocumentStore, observe: Observe): DocumentStore => ({
  ...documents,
  async change(ref, change) {
    const document = await documents.change(ref, change);
    const ms = processingMs(document);
    if (change.readyAt !== undefined && ms !== undefined) {
      observe({ name: 'document.ready', ms, bytes: document.fileSize, documentId: document.documentId });
    } else if (change.status === 'error') observe({ name: 'document.failed', documentId: document.documentId });
    return document;
  },
});

/** Tells of each call that has succeeded, and of the bytes that went either way. */
export const seenBlobs = (blobs: BlobStore, observe: Observe): BlobStore => {
  const tell = (operation: StorageCalled['operation'], bytes = 0): void =>
    observe({ name: 'storage.called', operation, bytes });
  return {
    ...blobs,
    async put(key, body, about) {
      const bytes = await blobs.put(key, body, about);
      tell('put', bytes);
      return bytes;
    },
    async get(key, range) {
      const blob = await blobs.get(key, range);
      return { ...blob, body: counted(blob.body, (bytes) => tell('get', bytes)) };
    },
    async list(prefix, after) {
      const keys = await blobs.list(prefix, after);
      tell('list');
      return keys;
    },
    async deleteAll(prefix) {
      const removed = await blobs.deleteAll(prefix);
      tell('delete');
      return removed;
    },
  };
};

/** Also when its reader leaves early. */
async function* counted(body: AsyncIterable<Uint8Array>, tell: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const part of body) {
      bytes += part.length;
      yield part;
    }
  } finally {
    tell(bytes);
  }
}
