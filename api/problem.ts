import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import { AppError, codeOf, type ErrorCode } from '../common/domain/errors.ts';
import { seen } from './http/witness.ts';

/** What only HTTP can refuse. */
type RefusalCode = 'method_not_allowed' | 'range_not_satisfiable';
export type ProblemCode = ErrorCode | RefusalCode;

export const STATUS: Record<ProblemCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  stale: 409,
  too_large: 413,
  unsupported: 415,
  range_not_satisfiable: 416,
  unreadable: 422,
  throttled: 429,
  internal: 500,
  unavailable: 503,
  storage_full: 507,
};

/** An error that brings headers of its own: what is allowed, when to come again. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, message: string, headers: Readonly<Record<string, string>>) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

export const Problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().meta({ description: 'What the status means' }),
    status: z.int(),
    code: z.enum(Object.keys(STATUS)).meta({ description: 'Stable, for programs' }),
    detail: z.string().meta({ description: 'What to do, for people' }),
    instance: z.string().meta({ description: 'The request id, as in X-Request-Id and in the log' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

/** Where nobody said better. */
const HEADERS: Partial<Record<ProblemCode, Readonly<Record<string, string>>>> = {
  unauthenticated: { 'WWW-Authenticate': 'Bearer' },
  throttled: { 'Retry-After': '1' },
  unavailable: { 'Retry-After': '5' },
};

/** Of a request that is wrong in a thousand places the first ones will do. */
const DETAIL = 2_000;
const UNEXPECTED = 'Something unexpected went wrong here. Try again; the log says more under this request id.';

interface Said {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;
}

const said = (error: unknown): Said => {
  if (error instanceof Refusal) return { code: error.code, detail: error.message, headers: error.headers };
  // A path that does not decode: Express throws it, and it names nothing.
  if (error instanceof URIError) return { code: 'not_found', detail: 'The address is not well formed.', headers: {} };
  const code = codeOf(error);
  return { code, detail: error instanceof AppError ? error.message : UNEXPECTED, headers: HEADERS[code] ?? {} };
};

const send = (response: Response, { code, detail, headers }: Said): void => {
  const status = STATUS[code];
  response.removeHeader('ETag'); // of what could not be sent
  const title = STATUS_CODES[status] ?? code;
  response.status(status).set(headers).set('Cache-Control', 'no-store').type('application/problem+json');
  const shown = detail.length > DETAIL ? `${detail.slice(0, DETAIL)}...` : detail;
  response.json({ type: 'about:blank', title, status, code, detail: shown, instance: seen(response).requestId });
};

/** What was thrown, as a problem. The words of an unknown error stay in the log. */
export const problem: ErrorRequestHandler = (error, _request, response, _next) => {
  const answer = said(error);
  if (response.headersSent || STATUS[answer.code] >= 500) seen(response).cause = error;
  if (response.headersSent) response.destroy();
  else send(response, answer);
};
