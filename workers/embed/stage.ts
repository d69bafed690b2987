import { z } from 'zod';
import { embeddedText } from '../../common/domain/chunk.ts';
import type { Document, DocumentRef } from '../../common/domain/document.ts';
import { codeOf } from '../../common/domain/errors.ts';
import type { BatchJob } from '../../common/domain/job.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { checked } from '../../common/runtime/checked.ts';
import { readBatch, readVectors, writeVectors } from '../batch.ts';
import { current, unlessOvertaken } from '../current.ts';
import type { Stage } from '../stage.ts';

const Job = z.object({
  userId: z.string(),
  documentId: z.uuid(),
  generation: z.int().positive(),
  batch: z.int().nonnegative(),
});

type Needs = Pick<Ports, 'blobs' | 'documents' | 'embedder' | 'progress'>;

/** A batch's chunks -> their vectors; then its index job. */
export const embed: Stage<BatchJob, Needs> = {
  name: 'embed',
  parse: (body) => checked(Job, body, 'The embed job is'),
  async run(job, ports, signal) {
    const document = await current(ports, job);
    if (!(await isEmbedded(ports, job, job.batch))) await embedBatch(job, { ...ports, document, signal });
    const progress = await ports.progress.mark(job, 'embed', job.batch);
    if (progress.embedded === progress.batchCount) {
      await ports.documents.change(job, { processingStatus: { vectorsGenerated: true } });
    }
    return [{ stage: 'index', group: job.userId, body: { kind: 'batch', ...job } }];
  },
};

const embedBatch = async (
  job: BatchJob,
  { blobs, documents, embedder, document, signal }: Needs & { document: Document; signal: AbortSignal },
): Promise<void> => {
  const chunks = await unlessOvertaken({ documents }, job, () => readBatch(blobs, job, job.batch));
  const texts = chunks.map((chunk) => embeddedText(document.fileName, chunk));
  const vectors = await embedder.embed(texts, { group: job.userId, signal });
  signal.throwIfAborted();
  const { model, dimension } = embedder;
  await writeVectors(blobs, { ref: job, batch: job.batch, model, dimension, vectors });
  await current({ documents }, job);
};

/** A crash between the vectors and their mark must not pay for them again. */
const isEmbedded = async ({ blobs, embedder }: Needs, ref: DocumentRef, batch: number): Promise<boolean> => {
  try {
    return (await readVectors(blobs, ref, batch)).model === embedder.model;
  } catch (error) {
    if (codeOf(error) === 'not_found') return false;
    throw error;
  }
};
