import pLimit from 'p-limit';
import { CHUNKS_PER_BATCH } from '../../common/domain/chunk.ts';
import type { DocumentKey, DocumentRef } from '../../common/domain/document.ts';
import { codeOf, type ErrorCode } from '../../common/domain/errors.ts';
import type { Vector } from '../../common/domain/vector.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { VectorPointer } from '../../common/ports/vector-pointers.ts';
import { readVectors } from '../batch.ts';
import { openStoredVectors, type StoredVectors } from '../vectors/stored.ts';
import { runsOf } from './runs.ts';

type Needs = Pick<Ports, 'blobs' | 'pointers'>;

/** textHash -> vector */
type Found = Map<string, Vector>;

const READS_AT_ONCE = 4;

/** Erased, overtaken, or put into an archive: the vector is made again. */
const MISSES: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['not_found', 'conflict']);

export interface AtHand {
  readonly vectors: ReadonlyMap<string, Vector>;
  /** Those that lie with another document. */
  readonly elsewhere: readonly string[];
}

/**
 * The vectors of those texts, of up to a batch, that their owner has paid for already, read from where they lie. Each is
 * the text's own: the hash that was written beside it is compared.
 */
export const vectorsAtHand = async (
  { userId, documentId }: DocumentKey,
  textHashes: readonly string[],
  { blobs, pointers }: Needs,
): Promise<AtHand> => {
  const vectors: Found = new Map();
  const all = await pointers.find(userId, textHashes);
  const byGeneration = Map.groupBy(all, (pointer) => `${pointer.documentId} ${pointer.generation}`);
  await pLimit(READS_AT_ONCE).map([...byGeneration.values()], async (wanted) => {
    const ref = { userId, ...(wanted[0] as VectorPointer) };
    const stored = await unlessMissing(openStoredVectors(blobs, ref));
    if (stored === undefined) await readFromWork(ref, wanted, { blobs, found: vectors });
    else await unlessMissing(readStored(stored, wanted, vectors));
  });
  const elsewhere = all.filter((pointer) => pointer.documentId !== documentId && vectors.has(pointer.textHash));
  return { vectors, elsewhere: elsewhere.map(({ textHash }) => textHash) };
};

/** Of a generation that is served, or soon will be. */
const readStored = async (stored: StoredVectors, wanted: readonly VectorPointer[], found: Found): Promise<void> => {
  const within = wanted.filter(({ chunkIndex }) => chunkIndex < stored.head.chunkCount);
  const wantedAt = new Map(within.map(({ chunkIndex, textHash }) => [chunkIndex, textHash]));
  for (const { first, end } of runsOf([...wantedAt.keys()])) {
    const textHashes = await stored.textHashes(first, end);
    const isWanted = textHashes.map((textHash, n) => wantedAt.get(first + n) === textHash);
    if (!isWanted.includes(true)) continue;
    const vectors = await stored.vectors(first, end);
    for (const [n, vector] of vectors.entries()) if (isWanted[n]) found.set(textHashes[n] as string, vector);
  }
};

/** Of a generation that is still being processed. */
const readFromWork = async (
  ref: DocumentRef,
  wanted: readonly VectorPointer[],
  { blobs, found }: Pick<Ports, 'blobs'> & { found: Found },
): Promise<void> => {
  const byBatch = Map.groupBy(wanted, ({ chunkIndex }) => Math.floor(chunkIndex / CHUNKS_PER_BATCH));
  for (const [batch, pointers] of byBatch) {
    const file = await unlessMissing(readVectors(blobs, { ref, batch }));
    for (const { textHash, chunkIndex } of pointers) {
      const at = chunkIndex % CHUNKS_PER_BATCH;
      const vector = file?.vectors[at];
      if (vector !== undefined && file?.textHashes[at] === textHash) found.set(textHash, vector);
    }
  }
};

const unlessMissing = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (MISSES.has(codeOf(error))) return undefined;
    throw error;
  }
};
