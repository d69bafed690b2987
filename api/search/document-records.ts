import type { DocumentKey, DocumentState } from '../../common/domain/document.ts';
import type { DocumentDirectory } from '../../common/ports/document-directory.ts';

const KEYS_PER_READ = 100;

/** What one search knows of documents' records; each is asked for once. */
export interface DocumentRecords {
  read(keys: readonly DocumentKey[]): Promise<void>;
  /** Undefined where there is no record, or none was read. */
  of(key: DocumentKey): DocumentState | undefined;
}

export const documentRecords = (directory: Pick<DocumentDirectory, 'states'>): DocumentRecords => {
  const known = new Map<string, DocumentState | undefined>();
  return {
    async read(keys) {
      const unread = [...new Map(keys.map((key) => [nameOf(key), key])).values()].filter(
        (key) => !known.has(nameOf(key)),
      );
      for (let at = 0; at < unread.length; at += KEYS_PER_READ) {
        const batch = unread.slice(at, at + KEYS_PER_READ);
        for (const key of batch) known.set(nameOf(key), undefined);
        for (const state of await directory.states(batch)) known.set(nameOf(state), state);
      }
    },
    of: (key) => known.get(nameOf(key)),
  };
};

const nameOf = ({ userId, documentId }: DocumentKey): string => `${userId}/${documentId}`;
