import type { ErrorCode } from '../../../domain/errors.ts';
import type { IndexFile } from './connection.ts';
import type { OperationName } from './operations.ts';

/** What a thread is started with. */
export interface ThreadData extends IndexFile {
  readonly role: 'read' | 'write';
}

/** What it is asked. */
export interface Request {
  readonly id: number;
  readonly name: OperationName;
  readonly argument: unknown;
}

/** Asks it to end, after all that was asked before. */
export const STOP = 'stop';

/** What it answers, in the order of the requests. */
export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly code: ErrorCode; readonly reason: string; readonly cause: unknown };
