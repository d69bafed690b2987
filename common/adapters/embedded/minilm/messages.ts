import type { ErrorCode } from '../../../domain/errors.ts';

/** What the main thread asks of a worker thread. */
export interface Task {
  readonly id: number;
  readonly text: string;
  readonly isQuery: boolean;
}

/** Asks a worker thread to end, after the text that it is at. */
export const STOP = 'stop';

/** What a worker thread answers. */
export type Reply =
  | { readonly kind: 'ready' }
  /** It cannot open the model, and ends. */
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly reason: string; readonly cause: unknown }
  | { readonly kind: 'vector'; readonly id: number; readonly vector: Float32Array }
  | { readonly kind: 'failed'; readonly id: number; readonly cause: unknown };
