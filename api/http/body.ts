import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import type { ZodOpenApiRequestBodyObject } from 'zod-openapi';
import { AppError } from '../../common/domain/errors.ts';
import { checked } from '../../common/runtime/checked.ts';
import type { ProblemCode } from '../problem.ts';

/** A kind of request body: how it is declared and how it is read. */
export interface RequestBody<Body> {
  readonly declared: ZodOpenApiRequestBodyObject;
  readonly problems: readonly ProblemCode[];
  read(request: Request, response: Response): Promise<Body>;
}

const JSON_BYTES = 1024 ** 2;
const parse = express.json({ limit: JSON_BYTES });

/** The parser names its faults by a status. */
const faultOf = (cause: unknown): unknown => {
  if (!(cause instanceof Error) || !('status' in cause)) return cause;
  if (cause.status === 413) return new AppError('too_large', 'The body is over 1 MB; send less at once.', { cause });
  if (cause.status === 415) return new AppError('unsupported', 'Send the body as UTF-8 JSON.', { cause });
  return new AppError('invalid', 'The body is no JSON, or it did not arrive whole.', { cause });
};

/** At most 1 MB, unpacked. */
export const jsonBody = <Body>(schema: z.ZodType<Body>): RequestBody<Body> => ({
  declared: { required: true, content: { 'application/json': { schema } } },
  problems: ['invalid', 'too_large', 'unsupported'],
  async read(request, response) {
    if (!request.is('application/json')) throw new AppError('unsupported', 'Send JSON, as application/json.');
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (fault?: unknown) => (fault === undefined ? resolve() : reject(faultOf(fault))));
    });
    return checked(schema, request.body, 'The request is');
  },
});
