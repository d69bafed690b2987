import type { DocumentKey, DocumentRef } from '../common/domain/document.ts';
import type { ExtractJob, IndexJob } from '../common/domain/job.ts';
import type { Message } from '../common/ports/job-queue.ts';

/** The jobs that routes ask for; each user's take turns with the others'. */

export const extractMessage = ({ userId, documentId, generation }: DocumentRef): Message => {
  const body: ExtractJob = { userId, documentId, generation };
  return { stage: 'extract', body, group: userId };
};

const indexMessage = (body: IndexJob): Message => ({ stage: 'index', body, group: body.userId });

export const describeMessage = ({ userId, documentId }: DocumentKey): Message =>
  indexMessage({ kind: 'describe', userId, documentId });

export const accountMessage = (userId: string): Message => indexMessage({ kind: 'account', userId });
