import type { Ask } from './connection.ts';
import { type Fault, refusalOf } from './opensearch-errors.ts';

/** A field that the mapping does not have: the server keeps nothing of it, whatever it thinks of the id. */
const PROBE = '{"index":{"_id":"probe"}}\n{"noSuchField":true}\n';
const BAD_REQUEST = 400;

interface Reply {
  readonly items: readonly { readonly index: { readonly status: number; readonly error: Fault } }[];
}

/**
 * Whether chunks may have ids of ours, asked of the server itself: a domain only objects to the unknown field, where a
 * Serverless collection for vectors objects to the id.
 */
export const takesIds = async (ask: Ask, alias: string): Promise<boolean> => {
  const { items } = await ask<Reply>({ method: 'POST', path: `/${alias}/_bulk`, body: PROBE });
  const { status, error } = items[0]?.index ?? { status: BAD_REQUEST, error: {} };
  if (status !== BAD_REQUEST) throw refusalOf(status, error);
  return error.type === 'strict_dynamic_mapping_exception';
};
