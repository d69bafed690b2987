import { CHUNKS_PER_BATCH } from '../../common/domain/chunk.ts';
import type { Document, DocumentRef } from '../../common/domain/document.ts';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import { embeddingsKey, workFolder } from '../../common/domain/keys.ts';
import type { Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { Plan } from '../../common/ports/progress-store.ts';
import { chunkIdOf } from '../../common/runtime/chunk-id.ts';
import { eraseGeneration, unlessOvertaken } from '../current.ts';
import { describedBy } from './describe.ts';
import { embeddingsOf } from './embeddings.ts';

export type CompleteNeeds = Pick<Ports, 'blobs' | 'documents' | 'embedder' | 'index' | 'pointers' | 'progress'>;

interface CompleteJob extends DocumentRef {
  /** From 1. */
  readonly attempt?: number;
}

/** At most; an index that refreshes soon is asked again soon. */
const PATIENCE_SECONDS = 5;
const ATTEMPTS_BEFORE_REPEAT = 24;

/**
 * Ready means: the index was asked and holds every chunk. Then one write serves the new generation in place of the old
 * one, and what the old one left goes. Each step may be repeated.
 */
export const complete = async (job: CompleteJob, ports: CompleteNeeds, signal: AbortSignal): Promise<Message[]> => {
  const document = await completable(ports, job);
  const plan = await ports.progress.get(job);
  if (plan === undefined && document.servedGeneration !== job.generation) {
    throw new AppError('stale', `${job.documentId} has no plan for generation ${job.generation}.`);
  }
  if (plan !== undefined && document.servedGeneration !== job.generation) {
    const missing = await missingBatches(ports, job, plan);
    if (missing.size > 0) return laterMessages(job, missing);
    await serve(document, { ...ports, plan, signal });
  }
  await clean(ports, document);
  return [];
};

/** Unlike `current`, takes one that is served already: a crash may have come before the cleaning. */
const completable = async ({ documents }: CompleteNeeds, ref: DocumentRef): Promise<Document> => {
  try {
    const document = await documents.get(ref);
    if (document.generation === ref.generation && document.deletedAt === undefined) return document;
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
  }
  throw new AppError('stale', `Generation ${ref.generation} of ${ref.documentId} was overtaken.`);
};

/** Asks the index, page by page, which chunks it holds. Returns the batches of those that it does not. */
const missingBatches = async ({ index }: CompleteNeeds, ref: DocumentRef, plan: Plan): Promise<Set<number>> => {
  const wanted = new Map<string, number>();
  for (let chunk = 0; chunk < plan.chunkCount; chunk += 1) {
    wanted.set(chunkIdOf(ref, chunk), Math.floor(chunk / CHUNKS_PER_BATCH));
  }
  let after: string | undefined;
  do {
    const page: string[] = await index.chunkIds(ref, ref.generation, after);
    for (const chunkId of page) wanted.delete(chunkId);
    after = page.at(-1);
  } while (after !== undefined);
  return new Set(wanted.values());
};

/** The index may refresh late; where it stays incomplete, its batches are sent again. Nobody waits for it. */
const laterMessages = ({ userId, documentId, generation, attempt = 1 }: CompleteJob, missing: Set<number>) => {
  const ref = { userId, documentId, generation };
  const message = (body: object): Message => ({ stage: 'index', group: userId, body });
  if (attempt % ATTEMPTS_BEFORE_REPEAT === 0)
    return [...missing].map((batch) => message({ kind: 'batch', ...ref, batch }));
  const again = message({ kind: 'complete', ...ref, attempt: attempt + 1 });
  return [{ ...again, delaySeconds: Math.min(attempt, PATIENCE_SECONDS) }];
};

const serve = async (
  document: Document,
  { blobs, documents, embedder, index, plan, signal }: CompleteNeeds & { plan: Plan; signal: AbortSignal },
): Promise<void> => {
  const embeddings = embeddingsOf({ blobs, ref: document, plan, signal });
  await unlessOvertaken({ documents }, document, () => blobs.put(embeddingsKey(document), embeddings));
  // Tags and access may have changed while batches went in with the old ones.
  if (document.accessVersion > 0) await index.describe(document, describedBy(document));
  await documents.change(document, {
    status: 'ready',
    readyAt: new Date().toISOString(),
    servedGeneration: document.generation,
    embeddingModel: embedder.model,
    processingStatus: {
      textExtracted: true,
      chunksCreated: true,
      vectorsGenerated: true,
      indexed: true,
      errorMessage: undefined,
    },
  });
};

/** Takes the work files, and the generations since the last cleaning. */
const clean = async (ports: CompleteNeeds, document: Document): Promise<void> => {
  const { generation, cleanedGeneration = 1 } = document;
  for (let old = cleanedGeneration; old < generation; old += 1) {
    await eraseGeneration(ports, { ...document, generation: old }, document);
  }
  if (cleanedGeneration < generation) await ports.documents.change(document, { cleanedGeneration: generation });
  await ports.blobs.deleteAll(workFolder(document));
  await ports.progress.remove(document);
};
