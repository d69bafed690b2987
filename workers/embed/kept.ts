import type { DocumentRef } from '../../common/domain/document.ts';
import type { BatchJob } from '../../common/domain/job.ts';
import { someVectorsKey } from '../../common/domain/keys.ts';
import type { Vector } from '../../common/domain/vector.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { orUndefined } from '../../common/runtime/or-undefined.ts';
import { readVectors, writeVectors } from '../batch.ts';

type Needs = Pick<Ports, 'blobs' | 'embedder'>;

/**
 * A batch whose turn comes rarely, because many users wait or the quota is small, is a while on its way, and what a
 * crash takes of it was paid. So much of it is worth a file: 8 texts cost some fifty times what a request does.
 */
const WORTH_KEEPING = 8;

export interface Kept {
  /** textHash -> vector */
  readonly vectors: ReadonlyMap<string, Vector>;
  /** How many files they are in. */
  readonly parts: number;
}

const fileOf = (part: number) => (ref: DocumentRef, batch: number) => someVectorsKey(ref, batch, part);

/** What earlier workers had of this batch when they died. */
export const keptVectors = async (job: BatchJob, { blobs }: Pick<Needs, 'blobs'>): Promise<Kept> => {
  const vectors = new Map<string, Vector>();
  for (let part = 0; ; part += 1) {
    const file = await readVectors(blobs, { ref: job, batch: job.batch }, fileOf(part)).catch(orUndefined('not_found'));
    if (file === undefined) return { vectors, parts: part };
    for (const [n, textHash] of file.textHashes.entries()) vectors.set(textHash, file.vectors[n] as Vector);
  }
};

interface Keeping {
  /** How many files there are already. */
  readonly parts: number;
  /** How many vectors are to come. */
  readonly coming: number;
  /** How long the others may follow: what is quickly done needs no keeping. */
  readonly afterMs: number;
}

/** Keeps the vectors that come, while there are more to come. Await `done` in any case. */
export const keeper = (job: BatchJob, { blobs, embedder }: Needs, { parts, coming, afterMs }: Keeping) => {
  let part = parts;
  let left = coming;
  let unkept = new Map<string, Vector>();
  let timer: NodeJS.Timeout | undefined;
  let keeping: Promise<void> | undefined;
  let failure: { cause: unknown } | undefined;

  const keep = async (): Promise<void> => {
    const content = { textHashes: [...unkept.keys()], vectors: [...unkept.values()] };
    unkept = new Map();
    try {
      const { model, dimension } = embedder;
      await writeVectors(blobs, { ref: job, batch: job.batch, model, dimension, ...content }, fileOf(part));
      part += 1;
    } catch (cause) {
      failure = { cause };
    }
    keeping = undefined;
    keepSoon();
  };
  const keepSoon = (): void => {
    const isDue = unkept.size >= WORTH_KEEPING && left > 0 && failure === undefined;
    if (!isDue || timer !== undefined || keeping !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      keeping = keep();
    }, afterMs);
  };

  return {
    add(come: ReadonlyMap<string, Vector>): void {
      left -= come.size;
      for (const [textHash, vector] of come) unkept.set(textHash, vector);
      keepSoon();
    },
    /** No more come, and nothing is being written any more. Throws what writing threw. */
    async done(): Promise<void> {
      left = 0;
      clearTimeout(timer);
      await keeping;
      if (failure !== undefined) throw failure.cause;
    },
  };
};
