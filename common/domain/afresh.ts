import { type DocumentChange, NOT_PROCESSED } from './document.ts';

/** What a record says when its processing begins, whatever it said before. @param now ISO 8601 */
export const afresh = (now: string): DocumentChange => ({
  status: 'processing',
  processingStatus: { ...NOT_PROCESSED, errorMessage: undefined },
  begunAt: now,
});
