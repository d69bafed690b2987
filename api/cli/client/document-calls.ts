import type { DocumentStatus, PublicDocument } from '../../../common/domain/document.ts';
import type { Page } from '../../../common/ports/document-directory.ts';
import type { Receipt } from '../../../common/ports/receipt-store.ts';
import { bearer, documentPath, json, type Line, queryOf } from './calls.ts';
import { serverEvents } from './events.ts';
import { problemOf } from './problem.ts';

export interface DocumentQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly status?: DocumentStatus | undefined;
  /** Media type. */
  readonly fileType?: string | undefined;
  readonly tag?: string | undefined;
  readonly fileName?: string | undefined;
}

/** An event of a document's way through the pipeline. */
export type DocumentEvent =
  | {
      readonly event: 'progress';
      readonly data: { readonly stage: string; readonly done: number; readonly total: number | null };
    }
  | { readonly event: 'ready' | 'error'; readonly data: unknown };

/** The routes under /documents and /deletions. Each throws what the server refuses, `unavailable`, `unauthenticated`. */
export const documentCalls = (line: Line) => ({
  /** One page, newest first. */
  list: (query: DocumentQuery = {}, signal?: AbortSignal): Promise<Page<PublicDocument>> =>
    json(line, { method: 'GET', path: `/v1/documents${queryOf({ ...query })}`, signal }),

  /** Throws `not_found`. */
  document: (documentId: string, signal?: AbortSignal): Promise<PublicDocument> =>
    json(line, { method: 'GET', path: documentPath(documentId), signal }),

  reprocess: (documentId: string, signal?: AbortSignal): Promise<PublicDocument> =>
    json(line, { method: 'POST', path: `${documentPath(documentId)}/reprocess`, signal }),

  /** Hides the document at once; the receipt tells when all of it is gone. */
  remove: (documentId: string, signal?: AbortSignal): Promise<{ receiptId: string }> =>
    json(line, { method: 'DELETE', path: documentPath(documentId), signal }),

  receipt: (receiptId: string, signal?: AbortSignal): Promise<Receipt> =>
    json(line, { method: 'GET', path: `/v1/deletions/${encodeURIComponent(receiptId)}`, signal }),

  /** Until the document is ready or has failed. */
  async *events(documentId: string, signal?: AbortSignal): AsyncGenerator<DocumentEvent> {
    const reply = await line.authorized((token) => ({
      method: 'GET',
      path: `${documentPath(documentId)}/events`,
      headers: { ...bearer(token), Accept: 'text/event-stream' },
      signal,
    }));
    if (reply.status >= 400) throw await problemOf(reply);
    for await (const { event, data } of serverEvents(reply.body))
      yield { event, data: JSON.parse(data) } as DocumentEvent;
  },
});
