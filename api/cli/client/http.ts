import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../common/domain/errors.ts';

export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the server's address on, query included; or a whole address, of another server too. */
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

/** Whom a call goes to. */
interface Callee {
  readonly url: string;
  /** False: it stores files for it. */
  readonly isAssistant: boolean;
}

const nobodyAnswers = ({ url, isAssistant }: Callee): string =>
  isAssistant
    ? `No assistant answers at ${url}. Start it with npm start, or give --server.`
    : `The assistant's storage at ${url} cannot be reached. Try again.`;

const silent = ({ url, isAssistant }: Callee): AppError =>
  new AppError(
    'unavailable',
    `The assistant${isAssistant ? '' : "'s storage"} at ${url} does not answer in time. Try again.`,
  );

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const unavailable = (callee: Callee, error: Error): AppError => {
  const { url } = callee;
  const code = codeOf(error);
  if (NEVER_ARRIVED.has(code)) return new AppError('unavailable', nobodyAnswers(callee), { cause: error });
  const isUntrusted = code.startsWith('ERR_TLS') || code.includes('CERT');
  const message = isUntrusted
    ? `${url} cannot be trusted: ${error.message}.`
    : `The connection to ${url} broke. Try again.`;
  return new AppError('unavailable', message, { cause: error });
};

const isTimeout = (signal: AbortSignal | undefined): boolean =>
  signal?.reason instanceof Error && signal.reason.name === 'TimeoutError';

/** What the caller is told of a request that failed. */
const toldOf = (error: Error, callee: Callee, signal: AbortSignal | undefined): Error => {
  if (isTimeout(signal)) return silent(callee);
  // Whatever breaks first when a call is aborted, that is why.
  if (signal?.aborted) return signal.reason instanceof Error ? signal.reason : error;
  return error instanceof AppError ? error : unavailable(callee, error);
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

/** Whether it names its server itself. */
const isWholeAddress = (path: string): boolean => /^https?:\/\//.test(path);

const calleeOf = (url: string, path: string): Callee & { address: string } =>
  isWholeAddress(path)
    ? { address: path, url: new URL(path).origin, isAssistant: false }
    : { address: url + path, url, isAssistant: true };

/** One server's connections, kept open between calls. @param url without a slash at the end */
export const openTransport = (url: string): Transport => {
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const plain = { agent: new Agent(options), request: plainRequest };
  const secure = { agent: new SecureAgent(options), request: secureRequest };

  const send = ({ method, path, headers = {}, body, signal }: Call): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const { address, ...callee } = calleeOf(url, path);
      const { agent, request: makeRequest } = address.startsWith('https:') ? secure : plain;
      const request = makeRequest(address, { method, headers, agent, ...(signal ? { signal } : {}) });
      const fail = (error: Error): void => {
        if (typeof body === 'object') body.destroy();
        reject(toldOf(error, callee, signal));
      };
      request.setTimeout(SILENCE_MS, () => request.destroy(silent(callee)));
      request.on('error', fail);
      request.once('response', (response) => {
        // Errors after the head belong to whoever reads the body; without a listener they would end the program.
        response.on('error', () => {});
        resolve(replyOf(request, response));
      });
      if (typeof body === 'object') pipeline(body, request).catch(fail);
      else request.end(body);
    });

  return {
    send,
    close() {
      plain.agent.destroy();
      secure.agent.destroy();
    },
  };
};
