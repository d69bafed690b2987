import { LRUCache } from 'lru-cache';
import type { DocumentKey, DocumentRef } from '../../../domain/document.ts';
import { type Copy, givesWay } from './copies.ts';

/** Past it an index shows what was written: the slowest refreshes once a minute. */
const UNSEEN_MS = 120_000;
const MAX_COPIES = 50_000;

interface Recent extends Copy {
  readonly of: DocumentRef;
}

/** What this process has written of late, and no search may show yet. */
export interface RecentWrites {
  /** Returns which of this copy and the one known before has given way, and is to be deleted. */
  remember(of: DocumentRef, copy: Copy): Copy | undefined;
  ofDocument(document: DocumentKey, generation?: number): Copy[];
  forget(copies: readonly Copy[]): void;
}

export const recentWrites = (): RecentWrites => {
  const recent = new LRUCache<string, Recent>({ max: MAX_COPIES, ttl: UNSEEN_MS });
  return {
    remember({ userId, documentId, generation }, copy) {
      const known = recent.get(copy.chunkId);
      if (known !== undefined && known.id !== copy.id && givesWay(copy, known)) return copy;
      recent.set(copy.chunkId, { ...copy, of: { userId, documentId, generation } });
      return known?.id === copy.id ? undefined : known;
    },
    ofDocument({ userId, documentId }, generation) {
      const isOf = ({ of }: Recent): boolean => of.userId === userId && of.documentId === documentId;
      const copies = [...recent.values()].filter(isOf);
      return generation === undefined ? copies : copies.filter(({ of }) => of.generation === generation);
    },
    forget(copies) {
      for (const { chunkId, id } of copies) if (recent.peek(chunkId)?.id === id) recent.delete(chunkId);
    },
  };
};

/** Of an index in which this process writes nothing new. */
export const noWrites = (): RecentWrites => ({
  remember: () => undefined,
  ofDocument: () => [],
  forget: () => undefined,
});
