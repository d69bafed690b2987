import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../common/domain/errors.ts';

export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the server's address on, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Readable;
  readonly signal?: AbortSignal | undefined;
}

/** `body` must be read to its end, or the reply discarded. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: IncomingMessage;
  /** Ends what is still on its way, in either direction; the connection is kept where that is cheap. */
  discard(): void;
}

export interface Transport {
  /**
   * Resolves with the head of the reply, which may come before all of the body has gone.
   * Throws `unavailable` when nobody answers or the signal's time is up, and an AbortError when the signal aborts.
   */
  send(call: Call): Promise<Reply>;
  close(): void;
}

/** The server sends a comment every 15 s on a stream, so a longer silence means that it is gone. */
const SILENCE_MS = 120_000;
const MAX_SOCKETS = 16;
/** Less is read to its end rather than that a connection is given up for it. */
const SHORT_BYTES = 64 * 1024;
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

const nobodyAnswers = (url: string): string =>
  `No assistant answers at ${url}. Start it with npm start, or give --server.`;

const silent = (url: string): AppError =>
  new AppError('unavailable', `The assistant at ${url} does not answer in time. Try again.`);

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const unavailable = (url: string, error: Error): AppError => {
  const code = codeOf(error);
  if (NEVER_ARRIVED.has(code)) return new AppError('unavailable', nobodyAnswers(url), { cause: error });
  const isUntrusted = code.startsWith('ERR_TLS') || code.includes('CERT');
  const message = isUntrusted
    ? `${url} cannot be trusted: ${error.message}.`
    : `The connection to ${url} broke. Try again.`;
  return new AppError('unavailable', message, { cause: error });
};

const isTimeout = (signal: AbortSignal | undefined): boolean =>
  signal?.reason instanceof Error && signal.reason.name === 'TimeoutError';

/** What the caller is told of a request that failed. */
const toldOf = (error: Error, url: string, signal: AbortSignal | undefined): Error => {
  if (isTimeout(signal)) return silent(url);
  // Whatever breaks first when a call is aborted, that is why.
  if (signal?.aborted) return signal.reason instanceof Error ? signal.reason : error;
  return error instanceof AppError ? error : unavailable(url, error);
};

const isShort = ({ statusCode, headers }: IncomingMessage): boolean =>
  statusCode === 304 || Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) <= SHORT_BYTES;

const replyOf = (request: ClientRequest, body: IncomingMessage): Reply => ({
  status: body.statusCode ?? 0,
  headers: body.headers,
  body,
  discard() {
    if (request.writableFinished && isShort(body)) body.resume();
    else request.destroy();
  },
});

/** One server's connections, kept open between calls. @param url without a slash at the end */
export const openTransport = (url: string): Transport => {
  const secure = url.startsWith('https:');
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const agent = secure ? new SecureAgent(options) : new Agent(options);
  const makeRequest = secure ? secureRequest : plainRequest;

  const send = ({ method, path, headers = {}, body, signal }: Call): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const request = makeRequest(url + path, { method, headers, agent, ...(signal ? { signal } : {}) });
      const fail = (error: Error): void => {
        if (typeof body === 'object') body.destroy();
        reject(toldOf(error, url, signal));
      };
      request.setTimeout(SILENCE_MS, () => request.destroy(silent(url)));
      request.on('error', fail);
      request.once('response', (response) => {
        // Errors after the head belong to whoever reads the body; without a listener they would end the program.
        response.on('error', () => {});
        resolve(replyOf(request, response));
      });
      if (typeof body === 'object') pipeline(body, request).catch(fail);
      else request.end(body);
    });

  return { send, close: () => agent.destroy() };
};
