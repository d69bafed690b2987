import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { CHUNKS_PER_BATCH, type DocumentChunk, type IndexedChunk } from '../../common/domain/chunk.ts';
import type { Document } from '../../common/domain/document.ts';
import { chunkKey, embeddingsKey } from '../../common/domain/keys.ts';
import type { Vector } from '../../common/domain/vector.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { everyPage } from '../../common/runtime/every-page.ts';
import { fromJson } from '../../common/runtime/json.ts';
import { vectorIn } from '../batch.ts';
import { indexedChunk } from '../index/index-batch.ts';

export type RestoreNeeds = Pick<Ports, 'blobs' | 'directory' | 'embedder' | 'index'>;

export interface Restored {
  readonly documents: number;
  readonly chunks: number;
  /** Embedded by another model than today's: reprocess them. */
  readonly ofAnotherModel: number;
}

/** Puts every served chunk into the index again, from chunk files and embeddings.json: without one embedding call. */
export const restoreIndex = async (ports: RestoreNeeds): Promise<Restored> => {
  const restored = { documents: 0, chunks: 0, ofAnotherModel: 0 };
  const now = new Date().toISOString();
  for await (const document of everyPage((cursor) => ports.directory.inStatus('ready', now, cursor))) {
    if (document.embeddingModel !== ports.embedder.model) restored.ofAnotherModel += 1;
    else {
      restored.chunks += await restoreDocument(document, ports);
      restored.documents += 1;
    }
  }
  return restored;
};

/** Returns how many chunks. Throws `not_found` where a blob is missing. */
export const restoreDocument = async (document: Document, { blobs, index }: RestoreNeeds): Promise<number> => {
  let chunkIndex = 0;
  let batch: IndexedChunk[] = [];
  for await (const vector of vectorsOf((await blobs.get(embeddingsKey(document))).body)) {
    const chunk = (await fromJson((await blobs.get(chunkKey(document, chunkIndex))).body)) as DocumentChunk;
    batch.push(indexedChunk(document, chunk, vector));
    chunkIndex += 1;
    if (batch.length < CHUNKS_PER_BATCH) continue;
    await index.put(batch);
    batch = [];
  }
  if (batch.length > 0) await index.put(batch);
  return chunkIndex;
};

/** embeddings.json has one vector a line, so that no more than a line of it need be held. */
async function* vectorsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Vector> {
  for await (const line of createInterface({ input: Readable.from(body) })) {
    if (line.startsWith('"')) yield vectorIn(line);
  }
}
