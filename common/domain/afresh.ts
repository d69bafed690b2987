import { type DocumentChange, NOT_PROCESSED } from './document.ts';

/** What a record says when its processing begins, whatever it said before. */
export const AFRESH: DocumentChange = {
  status: 'processing',
  processingStatus: { ...NOT_PROCESSED, errorMessage: undefined },
};
