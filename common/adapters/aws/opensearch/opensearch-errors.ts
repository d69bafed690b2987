import { errors } from '@opensearch-project/opensearch';
import { AppError } from '../../../domain/errors.ts';
import { awsErrorOf } from '../aws-errors.ts';

/** What an OpenSearch server said no with. Its own words stay out: they quote texts, and its client's error the request. */
export class Refusal extends Error {
  readonly status: number;
  /** 'index_not_found_exception' */
  readonly type: string;

  constructor(status: number, type: string) {
    super(`OpenSearch answered ${status} ${type}`);
    this.name = 'Refusal';
    this.status = status;
    this.type = type;
  }
}

/** How the server names what went wrong, in a reply or in one item of it. */
export interface Fault {
  readonly type?: string;
  readonly caused_by?: { readonly type?: string };
}

const TOO_MANY = 429;
const SERVER_FAULT = 500;
const NOT_ALLOWED = [401, 403];
const AWAY = 'OpenSearch does not answer. Try again in a moment.';

/** An error of the client, as one of ours or as a Refusal. */
export const openSearchErrorOf = (error: unknown): unknown => {
  if (error instanceof errors.ResponseError) return refusalOf(error.statusCode, faultIn(error.meta.body));
  if (error instanceof errors.OpenSearchClientError) {
    return new AppError('unavailable', AWAY, { cause: new Error(`${error.name}: ${error.message}`) });
  }
  return awsErrorOf(error, 'OpenSearch');
};

/** A refusal that passes, or that an operator can end, as one of ours with the Refusal as `cause`; else the Refusal. */
export const refusalOf = (status: number, fault: Fault = {}): Error => {
  const type = [fault.type, fault.caused_by?.type].filter(Boolean).join(', ') || 'without a reason';
  const cause = new Refusal(status, type);
  if (fault.type === 'cluster_block_exception') {
    return new AppError('storage_full', 'OpenSearch takes no more: give its domain more storage.', { cause });
  }
  if (status === TOO_MANY) {
    return new AppError('throttled', 'OpenSearch has too much to do. Try again in a moment.', { cause });
  }
  if (fault.type === 'index_not_found_exception') {
    return new AppError('unavailable', 'The search index is gone: start a process again to make it anew.', { cause });
  }
  if (NOT_ALLOWED.includes(status)) {
    const message = "OpenSearch does not let this role in: name it in the domain's or the collection's access policy.";
    return new AppError('unavailable', message, { cause });
  }
  return status >= SERVER_FAULT ? new AppError('unavailable', AWAY, { cause }) : cause;
};

const faultIn = (body: unknown): Fault => {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as { error?: Fault | string };
  return typeof error === 'object' && error !== null ? error : {};
};

/** The answer, or undefined where the server refuses for one of these reasons. */
export const unless = async <Reply>(answer: Promise<Reply>, ...types: string[]): Promise<Reply | undefined> => {
  try {
    return await answer;
  } catch (error) {
    const refusal = error instanceof AppError ? error.cause : error;
    if (refusal instanceof Refusal && types.includes(refusal.type)) return undefined;
    throw error;
  }
};
