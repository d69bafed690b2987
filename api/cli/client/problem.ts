import type { IncomingMessage } from 'node:http';
import { AppError, type ErrorCode, FATE } from '../../../common/domain/errors.ts';
import type { Reply } from './http.ts';

/** The server has said no. */
export class Refused extends AppError {
  readonly status: number;
  /** What the server asks to wait; undefined when it does not say. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, facts: { status: number; retryAfterSeconds: number | undefined }) {
    super(code, message);
    this.status = facts.status;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

/** More than any problem document; a reply is never held in memory beyond it. */
const MAX_PROBLEM_BYTES = 64 * 1024;

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported',
  422: 'invalid',
  429: 'throttled',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
  507: 'storage_full',
};

/** The text of a reply; throws `unavailable` past the bound, and when the connection breaks. */
export const textOf = async (body: IncomingMessage, maxBytes: number): Promise<string> => {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > maxBytes) throw new AppError('unavailable', `The reply is longer than ${maxBytes} bytes.`);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof AppError || (error as Error).name === 'AbortError') throw error;
    throw new AppError('unavailable', 'The connection broke within a reply. Try again.', { cause: error });
  }
  return Buffer.concat(pieces).toString('utf8');
};

/** Seconds from now; an HTTP date or a number of seconds. */
export const retryAfterOf = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
};

interface ProblemDocument {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
}

const isErrorCode = (code: string | undefined): code is ErrorCode => code !== undefined && code in FATE;

const parsed = (text: string): ProblemDocument => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
};

/** The server's no, in its own words where it has some. A reply that breaks off still has its status. */
export const problemOf = async ({ status, headers, body, discard }: Reply): Promise<Refused> => {
  const { code, title, detail } = parsed(await textOf(body, MAX_PROBLEM_BYTES).catch(() => ''));
  discard();
  const known = isErrorCode(code) ? code : (CODE_OF_STATUS[status] ?? 'internal');
  const message = detail ?? title ?? `The server answered ${status}.`;
  return new Refused(known, message, {
    status,
    retryAfterSeconds: retryAfterOf(headers['retry-after'], Date.now()),
  });
};
