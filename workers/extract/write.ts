import pLimit from 'p-limit';
import { CHUNKS_PER_BATCH, type DocumentChunk, type TextChunk } from '../../common/domain/chunk.ts';
import type { Document } from '../../common/domain/document.ts';
import { batchKey, chunkKey, metadataKey, textKey } from '../../common/domain/keys.ts';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import type { Extraction } from '../../common/ports/extractor.ts';
import { chunkIdOf } from '../../common/runtime/chunk-id.ts';
import { json } from '../../common/runtime/json.ts';

const WRITES_AT_ONCE = 8;

interface Writing {
  readonly document: Document;
  readonly extraction: Extraction;
  readonly blobs: BlobStore;
  readonly signal: AbortSignal;
}

/** Stores text, chunks, metadata and, for the embed jobs, each batch as one object. Returns how many batches. */
export const writeExtraction = async ({ document, extraction, blobs, signal }: Writing): Promise<number> => {
  await blobs.put(textKey(document), extraction.text());
  await blobs.put(metadataKey(document), json(processingMetadata(document, extraction)));
  const createdAt = new Date().toISOString();
  const limit = pLimit(WRITES_AT_ONCE);
  let batch = 0;
  for await (const textChunks of extraction.batches()) {
    signal.throwIfAborted();
    const chunks = textChunks.map((chunk) => documentChunk(document, chunk, createdAt));
    await limit.map(chunks, (chunk) => blobs.put(chunkKey(document, chunk.chunkIndex), json(chunk)));
    await blobs.put(batchKey(document, batch), json(chunks));
    batch += 1;
  }
  return batch;
};

const documentChunk = (document: Document, chunk: TextChunk, createdAt: string): DocumentChunk => ({
  chunkId: chunkIdOf(document, chunk.chunkIndex),
  documentId: document.documentId,
  userId: document.userId,
  ...chunk,
  createdAt,
});

const processingMetadata = (document: Document, { findings }: Extraction) => ({
  documentId: document.documentId,
  userId: document.userId,
  generation: document.generation,
  fileName: document.fileName,
  fileType: document.fileType,
  fileSize: document.fileSize,
  chunksPerBatch: CHUNKS_PER_BATCH,
  ...findings,
});
