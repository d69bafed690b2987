import { AppError } from '../../../domain/errors.ts';
import { type Fault, refusalOf } from './opensearch-errors.ts';

/** What an answer to a search says of itself. */
export interface Wholeness {
  readonly error?: Fault;
  readonly status?: number;
  readonly timed_out?: boolean;
  readonly _shards?: { readonly failed: number };
}

const SERVER_FAULT = 500;

/** Throws `unavailable` where a part of the index is missing from an answer: half of one is none. */
export const requireWhole = ({ error, status = SERVER_FAULT, timed_out, _shards }: Wholeness): void => {
  if (error !== undefined) throw refusalOf(status, error);
  if (timed_out || (_shards?.failed ?? 0) > 0) {
    throw new AppError('unavailable', 'A part of the search index does not answer. Try again in a moment.');
  }
};
