import type { DocumentChunk, IndexedChunk } from '../../common/domain/chunk.ts';
import type { Document } from '../../common/domain/document.ts';
import type { BatchJob } from '../../common/domain/job.ts';
import type { Vector } from '../../common/domain/vector.ts';
import type { Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { readBatch, readVectors } from '../batch.ts';
import { current, unlessOvertaken } from '../current.ts';

export type BatchNeeds = Pick<Ports, 'blobs' | 'documents' | 'index' | 'progress'>;

/** A batch's chunks and vectors -> the index; whoever sees the last batch done sends the completion. */
export const indexBatch = async (job: BatchJob, ports: BatchNeeds, signal: AbortSignal): Promise<Message[]> => {
  const document = await current(ports, job);
  const [chunks, { vectors }] = await unlessOvertaken(ports, job, async () => {
    const chunks = await readBatch(ports.blobs, job, job.batch);
    return [chunks, await readVectors(ports.blobs, { ref: job, batch: job.batch })] as const;
  });
  signal.throwIfAborted();
  await ports.index.put(chunks.map((chunk, n) => indexedChunk(document, chunk, vectors[n] ?? '')));
  await current(ports, job);
  const { userId, documentId, generation, batch } = job;
  const progress = await ports.progress.mark(job, 'index', batch);
  if (progress.indexed < progress.batchCount) return [];
  return [{ stage: 'index', group: userId, body: { kind: 'complete', userId, documentId, generation } }];
};

/** @param vector of length 1 */
export const indexedChunk = (document: Document, chunk: DocumentChunk, vector: Vector): IndexedChunk => ({
  ...chunk,
  generation: document.generation,
  fileName: document.fileName,
  fileType: document.fileType,
  uploadDate: document.uploadDate,
  tags: document.metadata.tags,
  isPublic: document.access.isPublic,
  vector,
});
