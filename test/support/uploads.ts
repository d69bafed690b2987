import type { Document } from '../../common/domain/document.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { bytes } from './bytes.ts';
import { aDocument } from './documents.ts';

/** What an upload leaves behind, but for its message. */
export const stored = async (
  { blobs, documents }: Pick<Ports, 'blobs' | 'documents'>,
  content: string,
  changes: Partial<Document> = {},
): Promise<Document> => {
  const document = aDocument(changes);
  await blobs.put(document.s3Key, bytes(content));
  await documents.create(document);
  return document;
};

/** An upload as the API accepts it. */
export const uploaded = async (ports: Ports, content: string, changes: Partial<Document> = {}): Promise<Document> => {
  const document = await stored(ports, content, changes);
  const { userId, documentId, generation } = document;
  await ports.queue.send([{ stage: 'extract', group: userId, body: { userId, documentId, generation } }]);
  return document;
};
