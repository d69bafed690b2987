import type { DocumentKey } from '../common/domain/document.ts';
import type { IndexJob } from '../common/domain/job.ts';
import type { Message } from '../common/ports/job-queue.ts';

/** The jobs that routes ask for; each user's take turns with the others'. */

const indexMessage = (body: IndexJob): Message => ({ stage: 'index', body, group: body.userId });

export const describeMessage = ({ userId, documentId }: DocumentKey): Message =>
  indexMessage({ kind: 'describe', userId, documentId });

export const accountMessage = (userId: string): Message => indexMessage({ kind: 'account', userId });
