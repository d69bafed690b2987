import { AppError } from '../../../common/domain/errors.ts';
import type { Repeatable } from './authorized.ts';
import type { Call, Reply, Transport } from './http.ts';
import { type Patience, patiently } from './patience.ts';
import { problemOf, textOf } from './problem.ts';

/** A call whose question and answer are JSON. */
export interface JsonCall {
  readonly method: Call['method'];
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** How a call reaches the server: in somebody's name, or in nobody's. */
export interface Line {
  readonly url: string;
  readonly transport: Transport;
  readonly authorized: (call: Repeatable) => Promise<Reply>;
}

/** A page of 100 documents, or 100 passages, stays far below. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;
const PATIENCE: Patience = { attempts: 4, unreachable: false };

export const bearer = (accessToken: string) => ({ Authorization: `Bearer ${accessToken}` });

export const documentPath = (documentId: string): string => `/v1/documents/${encodeURIComponent(documentId)}`;

/** Only what is set. */
export const queryOf = (parameters: Readonly<Record<string, string | number | undefined>>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
};

const notAnAssistant = (url: string): AppError =>
  new AppError('unavailable', `What answers at ${url} is no assistant. Give the right address with --server.`);

/** The reply's value, of the shape that the contract promises; undefined where it has none. */
export const replyValue = async <T>(reply: Reply, url: string): Promise<T> => {
  if (reply.status >= 400) {
    const problem = await problemOf(reply);
    throw reply.headers['content-type']?.includes('json') || problem.status >= 500 ? problem : notAnAssistant(url);
  }
  const text = await textOf(reply.body, MAX_REPLY_BYTES);
  if (text === '') return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new AppError('unavailable', notAnAssistant(url).message, { cause: error });
  }
};

const callOf = ({ method, path, body, signal }: JsonCall, headers: Record<string, string>): Call => ({
  method,
  path,
  signal,
  headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

/** In the name of whoever is logged in. Waits a few times where the server asks for it. */
export const json = <T>({ url, authorized }: Line, call: JsonCall): Promise<T> =>
  patiently(async () => replyValue<T>(await authorized((token) => callOf(call, bearer(token))), url), {
    ...PATIENCE,
    signal: call.signal,
  });

/** Without a login. */
export const openJson = async <T>({ url, transport }: Line, call: JsonCall): Promise<T> =>
  replyValue<T>(await transport.send(callOf(call, {})), url);
