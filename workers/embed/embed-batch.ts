import { CHUNKS_PER_BATCH, embeddedText } from '../../common/domain/chunk.ts';
import type { Document } from '../../common/domain/document.ts';
import { codeOf } from '../../common/domain/errors.ts';
import type { BatchJob } from '../../common/domain/job.ts';
import type { Vector } from '../../common/domain/vector.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { readBatch, writeVectors } from '../batch.ts';
import { current, unlessOvertaken } from '../current.ts';
import { removePointers } from '../vectors/retire.ts';
import type { Claims } from './claims.ts';
import { gatherVectors } from './gather.ts';
import type { Gathered } from './gathered.ts';
import { textHashOf } from './text-hash.ts';

export type EmbedNeeds = Pick<Ports, 'blobs' | 'documents' | 'embedder' | 'pointers' | 'progress'>;

/** What became of a batch's chunks. */
export interface VectorsSeen {
  /** Texts that the embedder was asked for. */
  readonly made: number;
  /** Chunks whose vector was there already, or is that of another chunk of the batch. */
  readonly reused: number;
}

interface Circumstances extends EmbedNeeds {
  readonly document: Document;
  /** What the job has gathered in earlier attempts. */
  readonly gathered: Gathered;
  readonly signal: AbortSignal;
  readonly claims: Claims;
  readonly keepAfterMs: number;
}

/** A batch's vectors, those that its owner has already among them, into its file; and pointers to them. */
export const embedBatch = async (job: BatchJob, circumstances: Circumstances): Promise<VectorsSeen> => {
  const { blobs, document, embedder, gathered, signal } = circumstances;
  const chunks = await unlessOvertaken(circumstances, job, () => readBatch(blobs, job, job.batch));
  const texts = chunks.map((chunk) => embeddedText(document.fileName, chunk));
  const textHashes = chunks.map((chunk) => textHashOf(embedder, embeddedText(baseNameOf(document), chunk)));
  const unlike = new Map(textHashes.map((textHash, n) => [textHash, texts[n] as string]));
  using _claimed = await gatherVectors(job, unlike, circumstances);
  signal.throwIfAborted();
  const { model, dimension } = embedder;
  const vectors = textHashes.map((textHash) => gathered.vectors.get(textHash) as Vector);
  await writeVectors(blobs, { ref: job, batch: job.batch, model, dimension, textHashes, vectors });
  const pointed = [...gathered.made, ...gathered.kept, ...gathered.elsewhere];
  await pointAt(job, { textHashes, pointed }, circumstances);
  await currentOr(() => removePointers(circumstances, job, pointed), job, circumstances);
  return { made: gathered.made.size, reused: chunks.length - gathered.made.size };
};

/** Without its folders: a copy in another place has the vector of the first, whose text tells of that one's place. */
const baseNameOf = ({ fileName }: Document): string => fileName.slice(fileName.lastIndexOf('/') + 1);

/** What a crash between a batch's vectors and their pointers has left out. */
export const pointAtAll = async (
  job: BatchJob,
  textHashes: readonly string[],
  { pointers }: Pick<EmbedNeeds, 'pointers'>,
): Promise<void> => {
  const known = new Set((await pointers.find(job.userId, textHashes)).map(({ textHash }) => textHash));
  await pointAt(job, { textHashes, pointed: textHashes.filter((textHash) => !known.has(textHash)) }, { pointers });
};

const pointAt = async (
  { userId, documentId, generation, batch }: BatchJob,
  { textHashes, pointed }: { textHashes: readonly string[]; pointed: readonly string[] },
  { pointers }: Pick<EmbedNeeds, 'pointers'>,
): Promise<void> => {
  if (pointed.length === 0) return;
  const chunkIndexOf = (textHash: string): number => batch * CHUNKS_PER_BATCH + textHashes.indexOf(textHash);
  await pointers.put(
    userId,
    pointed.map((textHash) => ({ textHash, documentId, generation, chunkIndex: chunkIndexOf(textHash) })),
  );
};

/** Who wrote late takes back what an erasure that came before could not see. */
const currentOr = async (takeBack: () => Promise<void>, job: BatchJob, ports: EmbedNeeds): Promise<void> => {
  try {
    await current(ports, job);
  } catch (error) {
    if (codeOf(error) === 'stale') await takeBack();
    throw error;
  }
};
