import type { DocumentRef } from '../domain/document.ts';
import type { ExtractJob } from '../domain/job.ts';
import type { Message } from '../ports/job-queue.ts';

/** Sends a generation whose original is there on its way; each user's take turns with the others'. */
export const extractMessage = ({ userId, documentId, generation }: DocumentRef): Message => {
  const body: ExtractJob = { userId, documentId, generation };
  return { stage: 'extract', body, group: userId };
};
