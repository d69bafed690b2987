import type { DocumentRef } from '../../common/domain/document.ts';
import { embeddingsKey } from '../../common/domain/keys.ts';
import type { Vector } from '../../common/domain/vector.ts';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import { bytesOf } from '../../common/runtime/json.ts';
import { vectorIn } from '../batch.ts';
import { type EmbeddingsHead, HEAD_BYTES_MOST, layoutOf } from './layout.ts';

/** An embeddings.json, of which each reading takes the bytes that it needs. */
export interface StoredVectors {
  readonly head: EmbeddingsHead;
  /** Of the chunks from `first` to before `end`. */
  vectors(first: number, end: number): Promise<Vector[]>;
  textHashes(first: number, end: number): Promise<string[]>;
}

/** Undefined for one that has no chunks. Throws `not_found`. */
export const openStoredVectors = async (blobs: BlobStore, ref: DocumentRef): Promise<StoredVectors | undefined> => {
  const key = embeddingsKey(ref);
  const textIn = async (range: { start: number; end: number }): Promise<string> =>
    (await bytesOf((await blobs.get(key, range)).body)).toString('latin1');
  const layout = layoutOf(await textIn({ start: 0, end: HEAD_BYTES_MOST }));
  if (layout === undefined) return undefined;
  return {
    head: layout.head,
    async vectors(first, end) {
      return (await textIn(layout.vectors(first, end))).split('\n').map(vectorIn);
    },
    async textHashes(first, end) {
      return (await textIn(layout.textHashes(first, end))).split('\n').map(hashIn);
    },
  };
};

const hashIn = (line: string): string => line.replace(/^"|",?$/g, '');
