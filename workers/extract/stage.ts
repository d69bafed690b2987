import { z } from 'zod';
import type { Document, DocumentChange } from '../../common/domain/document.ts';
import type { ExtractJob } from '../../common/domain/job.ts';
import type { Extractor, Findings } from '../../common/ports/extractor.ts';
import type { Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { Plan } from '../../common/ports/progress-store.ts';
import { checked } from '../../common/runtime/checked.ts';
import { current, unlessOvertaken } from '../current.ts';
import type { Stage } from '../stage.ts';
import { type ArrivalsJob, type ArriveNeeds, arrive } from './arrival/arrive.ts';
import { arrivalsIn, isS3Event } from './arrival/s3-event.ts';
import { writeExtraction } from './write.ts';

const Job = z.object({ userId: z.string(), documentId: z.uuid(), generation: z.int().positive() });
const Arrivals = z.object({
  arrivals: z.array(z.object({ bucket: z.string(), key: z.string(), sequencer: z.string() })),
  looks: z.int().nonnegative().optional(),
});

type Needs = Pick<Ports, 'blobs' | 'documents' | 'progress'> & ArriveNeeds & { readonly extractor: Extractor };

/**
 * Original -> text, chunks and batches of them; one embed job a batch. What S3 announces comes here too, and becomes a
 * job of its own.
 */
export const extract: Stage<ExtractJob | ArrivalsJob, Needs> = {
  name: 'extract',
  parse(body) {
    if (isS3Event(body)) return { arrivals: arrivalsIn(body) };
    return isArrivals(body) ? checked(Arrivals, body, 'The arrivals are') : checked(Job, body, 'The extract job is');
  },
  async run(job, ports, signal) {
    if ('arrivals' in job) return arrive(job, ports);
    const document = await current(ports, job);
    const plan = (await ports.progress.get(job)) ?? (await extractAnew(document, ports, signal));
    return messagesOf(job, plan);
  },
};

const isArrivals = (body: unknown): boolean => typeof body === 'object' && body !== null && 'arrivals' in body;

/** Commits the plan last: what a rerun finds committed is complete. */
const extractAnew = async (document: Document, ports: Needs, signal: AbortSignal): Promise<Plan> => {
  const { body } = await unlessOvertaken(ports, document, () => ports.blobs.get(document.s3Key));
  const extension = document.s3Key.slice(document.s3Key.lastIndexOf('.') + 1);
  await using extraction = await ports.extractor.extract({ extension, fileName: document.fileName, body }, signal);
  const batchCount = await writeExtraction({ document, extraction, blobs: ports.blobs, signal });
  await current(ports, document);
  await ports.documents.change(document, changeOf(document, extraction.findings));
  return ports.progress.begin(document, { batchCount, chunkCount: extraction.findings.chunkCount });
};

const changeOf = (document: Document, findings: Findings): DocumentChange => ({
  contentSha256: findings.sha256,
  contentMd5: findings.md5,
  chunkCount: findings.chunkCount,
  processingStatus: { textExtracted: true, chunksCreated: true },
  metadata: {
    title: document.metadata.title ?? findings.title, // what the owner said counts more
    language: findings.language,
    pageCount: findings.pageCount,
    wordCount: findings.wordCount,
  },
  searchableContent: { preview: findings.preview, keywords: findings.keywords },
});

const messagesOf = ({ userId, documentId, generation }: ExtractJob, { batchCount }: Plan): Message[] => {
  const ref = { userId, documentId, generation };
  if (batchCount === 0) return [{ stage: 'index', group: userId, body: { kind: 'complete', ...ref } }];
  return Array.from({ length: batchCount }, (_, batch) => ({ stage: 'embed', group: userId, body: { ...ref, batch } }));
};
