import type { DocumentKey } from '../domain/document.ts';
import type { Page } from './document-directory.ts';

/** What a deletion has removed from where, and how that was checked. Times are ISO 8601. */
export interface Receipt extends DocumentKey {
  readonly receiptId: string;
  readonly fileName: string;
  readonly requestedAt: string;
  readonly status: 'pending' | 'completed';
  readonly removed: { readonly chunks: number; readonly blobs: number; readonly records: number };
  readonly completedAt?: string;
  /** A sentence: what was asked of index and storage, and what they answered. */
  readonly check?: string;
}

/** Proofs of deletion; they outlive what they speak of. Any method may throw `unavailable`. */
export interface ReceiptStore {
  /** Creates or replaces. */
  put(receipt: Receipt): Promise<void>;
  /** Throws `not_found`, for another user's too. */
  get(userId: string, receiptId: string): Promise<Receipt>;
  /** Everybody's pending ones that were asked for before `before` (ISO 8601), at most 100. For upkeep. */
  pending(before: string, cursor?: string): Promise<Page<Receipt>>;
}
