import { afresh } from '../../../../common/domain/afresh.ts';
import type { Document } from '../../../../common/domain/document.ts';
import { originalKey } from '../../../../common/domain/keys.ts';
import type { Ports } from '../../../../common/ports/ports.ts';
import { deleteDocument } from '../../../../common/runtime/delete-document.ts';
import { bytes } from '../../../support/bytes.ts';
import { temporaryHome } from '../../../support/home.ts';
import { atRest } from '../../../support/oracle.ts';
import { uploaded } from '../../../support/uploads.ts';

/** A home at work that counts the texts it has embedded. */
export const countingHome = async (around = (ports: Ports): Ports => ports) => {
  const asked: string[] = [];
  const home = await temporaryHome({
    workers: true,
    around: (ports) =>
      around({
        ...ports,
        embedder: {
          ...ports.embedder,
          embed(texts, options) {
            asked.push(...texts);
            return ports.embedder.embed(texts, options);
          },
        },
      }),
  });
  const { ports } = home;
  const atEase = async <T>(result: T, userId = 'ada'): Promise<T> => {
    await atRest(ports, userId);
    return result;
  };
  return {
    ...home,
    /** The texts that were embedded while `work` was done, and the pipeline after it. */
    async paidFor(work: () => Promise<unknown>): Promise<string[]> {
      const before = asked.length;
      await work();
      return asked.slice(before);
    },
    upload: async (content: string, changes: Partial<Document> = {}) =>
      atEase(await uploaded(ports, content, changes), changes.userId),
    /** New content, as the API takes it. */
    async replace({ userId, documentId }: Document, content: string, changes: Partial<Document> = {}) {
      const generation = await ports.documents.nextGeneration({ userId, documentId });
      const document = await ports.documents.get({ userId, documentId });
      const s3Key = originalKey({ userId, documentId, generation }, 'txt');
      await ports.blobs.put(s3Key, bytes(content));
      const begun = afresh(new Date().toISOString());
      const replaced = await ports.documents.change(document, { ...begun, ...changes, generation, s3Key });
      const body = { userId, documentId, generation };
      await ports.queue.send([{ stage: 'extract', group: userId, body }]);
      return atEase(replaced, userId);
    },
    remove: async (document: Document) => atEase(await deleteDocument(document, ports), document.userId),
    async hits(text: string, userId = 'ada'): Promise<string[]> {
      const vector = await ports.embedder.embedQuery(text);
      const visibleTo = { userId, sharedDocumentIds: [] };
      const { semantic } = await ports.index.search({ vector, visibleTo, filters: {}, limit: 3 });
      return semantic.map(({ documentId }) => documentId);
    },
  };
};
