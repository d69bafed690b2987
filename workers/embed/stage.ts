import { z } from 'zod';
import type { BatchJob } from '../../common/domain/job.ts';
import { vectorsKey } from '../../common/domain/keys.ts';
import { checked } from '../../common/runtime/checked.ts';
import { orUndefined } from '../../common/runtime/or-undefined.ts';
import { readVectorsHead } from '../batch.ts';
import { current } from '../current.ts';
import type { Stage } from '../stage.ts';
import { openClaims } from './claims.ts';
import { type EmbedNeeds, embedBatch, pointAtAll, type VectorsSeen } from './embed-batch.ts';
import { type Gathered, nothingYet } from './gathered.ts';

const Job = z.object({
  userId: z.string(),
  documentId: z.uuid(),
  generation: z.int().positive(),
  batch: z.int().nonnegative(),
});

interface Settings {
  readonly onVectors: (seen: VectorsSeen) => void;
  /** How soon to put aside what has come of a batch, of which more is to come. */
  readonly keepAfterMs?: number;
}

const KEEP_AFTER_MS = 250;

/** A batch's chunks -> their vectors; then its index job. Its jobs in one process share what they are at. */
export const embedStage = ({ onVectors, keepAfterMs = KEEP_AFTER_MS }: Settings): Stage<BatchJob, EmbedNeeds> => {
  const claims = openClaims();
  const gathered = new WeakMap<AbortSignal, Gathered>(); // an attempt of the same lease comes with the same signal
  return {
    name: 'embed',
    parse: (body) => checked(Job, body, 'The embed job is'),
    async run(job, ports, signal) {
      const document = await current(ports, job);
      const textHashes = await embeddedAlready(job, ports);
      if (textHashes === undefined) {
        const soFar = gathered.get(signal) ?? nothingYet();
        gathered.set(signal, soFar);
        onVectors(await embedBatch(job, { ...ports, document, gathered: soFar, signal, claims, keepAfterMs }));
      } else await pointAtAll(job, textHashes, ports);
      const progress = await ports.progress.mark(job, 'embed', job.batch);
      if (progress.embedded === progress.batchCount) {
        await ports.documents.change(job, { processingStatus: { vectorsGenerated: true } });
      }
      return [{ stage: 'index', group: job.userId, body: { kind: 'batch', ...job } }];
    },
  };
};

/** A crash between the vectors and their mark must not pay for them again: the hashes of their texts. */
const embeddedAlready = async (
  job: BatchJob,
  { blobs, embedder }: EmbedNeeds,
): Promise<readonly string[] | undefined> => {
  const head = await readVectorsHead(blobs, vectorsKey(job, job.batch)).catch(orUndefined('not_found'));
  const isOurs = head?.model === embedder.model && head.dimension === embedder.dimension;
  return isOurs ? head.textHashes : undefined;
};
