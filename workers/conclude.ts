import type { DocumentRef } from '../common/domain/document.ts';
import { codeOf, PASSING } from '../common/domain/errors.ts';
import { type Outcome, outcomeOf } from '../common/domain/outcome.ts';
import pipeline from '../common/pipeline.json' with { type: 'json' };
import type { Lease } from '../common/ports/job-queue.ts';
import type { Ports } from '../common/ports/ports.ts';
import { discard } from './current.ts';

export type ConcludeNeeds = Pick<Ports, 'blobs' | 'documents' | 'index' | 'pointers' | 'progress' | 'queue'>;

/** What a job may say of itself. */
interface About {
  readonly userId?: string;
  readonly documentId?: string;
  readonly generation?: number;
}

/** What the end of a job means for its document. A failure here leaves the job to come again. */
export const conclude = async (lease: Lease, outcome: Outcome, ports: ConcludeNeeds): Promise<Outcome> => {
  if (outcome.fate === 'done') return outcome;
  const last = lease.receiveCount >= pipeline[lease.stage].attempts;
  const isSpent = outcome.fate === 'return' && last && !PASSING.has(outcome.code);
  const end: Outcome = isSpent ? { ...outcome, fate: 'bury' } : outcome;
  const { userId, documentId, generation } = aboutOf(lease);
  if (userId === undefined || documentId === undefined || generation === undefined) return end;
  const ref = { userId, documentId, generation };
  try {
    if (end.fate === 'drop') await discardNowAndLater(ports, ref);
    if (end.fate === 'bury') await fail(ports, ref, end.reason);
    return end;
  } catch (cause) {
    return { ...outcomeOf(cause), fate: 'return' } as Outcome;
  }
};

/** Again once the index shows what was written just before, by this job or another of its generation. */
const discardNowAndLater = async (ports: ConcludeNeeds, ref: DocumentRef): Promise<void> => {
  await discard(ports, ref);
  const { refreshSeconds: delaySeconds } = ports.index;
  if (delaySeconds === 0) return;
  await ports.queue.send([{ stage: 'index', group: ref.userId, body: { kind: 'discard', ...ref }, delaySeconds }]);
};

/** Sets `error` with its reason; not over a document that has moved on meanwhile. */
const fail = async ({ documents }: Pick<Ports, 'documents'>, ref: DocumentRef, errorMessage: string): Promise<void> => {
  const document = await documents.get(ref).catch(unless('not_found'));
  if (document === undefined || document.servedGeneration === ref.generation) return;
  const change = documents.change(ref, { status: 'error', processingStatus: { errorMessage } });
  const failed = await change.catch(unless('stale'));
  if (failed?.servedGeneration !== ref.generation) return;
  // A duplicate of the job completed it between the two lines above.
  await documents
    .change(ref, { status: 'ready', processingStatus: { errorMessage: undefined } })
    .catch(unless('stale'));
};

const unless =
  (code: string) =>
  (error: unknown): undefined => {
    if (codeOf(error) !== code) throw error;
  };

/** Who a job is about, as far as its body tells; a broken body tells nothing. */
export const aboutOf = ({ body }: Lease): About => {
  if (typeof body !== 'object' || body === null) return {};
  const { userId, documentId, generation } = body as Record<string, unknown>;
  return {
    ...(typeof userId === 'string' && { userId }),
    ...(typeof documentId === 'string' && { documentId }),
    ...(typeof generation === 'number' && { generation }),
  };
};
