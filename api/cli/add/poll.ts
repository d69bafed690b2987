import type { DocumentStatus } from '../../../common/domain/document.ts';
import { codeOf } from '../../../common/domain/errors.ts';
import type { Client } from '../client/client.ts';
import { stagesOf } from './stages.ts';
import { takenAs, type WaitingFile, type WaitingList } from './waiting-list.ts';

export interface Polling {
  readonly client: Pick<Client, 'list' | 'document'>;
  readonly list: WaitingList;
  readonly signal: AbortSignal;
}

const PAGE = 100;
const UNDER_WAY: readonly DocumentStatus[] = ['processing', 'uploading'];

/** Which documents of the list are under way; notes how far each is. Reads no further than it must. */
const underWay = async ({ client, list, signal }: Polling): Promise<Set<string>> => {
  const asked = list.size;
  const found = new Set<string>();
  for (const status of UNDER_WAY) {
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await client.list({ status, limit: PAGE, cursor }, signal);
      for (const { documentId, processingStatus } of items) {
        const file = list.files.get(documentId);
        if (file === undefined) continue;
        found.add(documentId);
        file.stages = stagesOf(processingStatus, file.stages);
      }
      cursor = found.size >= asked ? undefined : nextCursor;
    } while (cursor !== undefined);
  }
  return found;
};

/** Looks how a document has ended, if it has. */
const settle = async ({ client, list, signal }: Polling, file: WaitingFile): Promise<void> => {
  const { documentId, fileName } = file;
  const fail = (reason: string): void => list.settle(documentId, { fileName, outcome: 'failed', documentId, reason });
  try {
    const { status, processingStatus } = await client.document(documentId, signal);
    if (status === 'ready') list.settle(documentId, takenAs(file, 'ready'));
    if (status === 'error') fail(processingStatus.errorMessage ?? 'its processing failed');
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
    fail('it was deleted meanwhile');
  }
};

/**
 * Asks once how far everything is: by lists of what is under way, a page for a hundred documents. A document is asked
 * for by itself only when it is no longer in them.
 */
export const poll = async (polling: Polling): Promise<void> => {
  const asked = [...polling.list.files.values()];
  const found = await underWay(polling);
  for (const file of asked) if (!found.has(file.documentId)) await settle(polling, file);
};
