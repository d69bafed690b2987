import type { Client } from '../client/client.ts';
import { advanced } from './stages.ts';
import type { WaitingList } from './waiting-list.ts';

/** So few are followed by their events, too: these tell more than lists, and sooner. */
export const MAX_FOLLOWED = 4;

interface Following {
  readonly client: Pick<Client, 'events'>;
  readonly list: WaitingList;
  readonly signal: AbortSignal;
  readonly onStages: () => void;
}

/** Notes how far single documents are, chunk by chunk, while there are few of them. */
export const followFew = ({ client, list, signal, onStages }: Following) => {
  const followed = new Set<string>();
  let next = Promise.withResolvers<void>();

  const follow = async (documentId: string): Promise<void> => {
    try {
      for await (const { event, data } of client.events(documentId, signal)) {
        const file = list.files.get(documentId);
        if (event !== 'progress' || file === undefined) break;
        file.stages = advanced(file.stages, data);
        onStages();
      }
    } catch {
      // Events are an extra: whatever goes wrong with them, the lists will tell.
    }
    next.resolve();
    next = Promise.withResolvers();
  };

  return {
    /** Begins to follow those that are not followed yet, each once, if there are few. */
    look(): void {
      for (const documentId of followed) if (!list.files.has(documentId)) followed.delete(documentId);
      if (list.size > MAX_FOLLOWED) return;
      for (const documentId of list.files.keys()) {
        if (followed.has(documentId)) continue;
        followed.add(documentId);
        void follow(documentId);
      }
    },
    /** Resolves when the events of one have ended: it is time to look. */
    ended: (): Promise<void> => next.promise,
  };
};
