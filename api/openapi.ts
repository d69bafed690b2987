import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { json, type Responses } from './http/reply.ts';
import { Problem, type ProblemCode, STATUS } from './problem.ts';
import { partsOf, type Route, type Routes, route } from './route.ts';

const problemsOf = ({ access, params, query, body, problems = [] }: Route): ReadonlySet<ProblemCode> =>
  new Set<ProblemCode>([
    'internal',
    'unavailable',
    ...(access === 'public' ? [] : (['unauthenticated'] as const)),
    ...(access === 'admin' ? (['forbidden'] as const) : []),
    ...(params ? (['not_found'] as const) : []),
    ...(query ? (['invalid'] as const) : []),
    ...(body?.problems ?? []),
    ...problems,
  ]);

const HEADERS: Partial<Record<ProblemCode, z.ZodObject>> = {
  unauthenticated: z.object({ 'WWW-Authenticate': z.string() }),
  throttled: z.object({ 'Retry-After': z.string().meta({ description: 'Seconds' }) }),
  unavailable: z.object({ 'Retry-After': z.string().meta({ description: 'Seconds' }) }),
  range_not_satisfiable: z.object({ 'Content-Range': z.string() }),
};

const failuresOf = (declared: Route): Responses => {
  const responses: Record<`${number}`, ZodOpenApiResponseObject> = {};
  for (const code of problemsOf(declared)) {
    const status = STATUS[code];
    const description = STATUS_CODES[status] ?? code;
    const headers = HEADERS[code];
    const content = { 'application/problem+json': { schema: Problem } };
    responses[`${status}`] = { description, content, ...(headers && { headers }) };
  }
  return responses;
};

/** 'POST /v1/documents/{id}/reprocess' -> postDocumentsIdReprocess */
const operationIdOf = (method: string, path: string): string => {
  const words = path.replace('/v1', '').split(/\W+/).filter(Boolean);
  return [method, ...words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)].join('');
};

const tagOf = (path: string): string => /^\/v1\/([\w-]+)/.exec(path)?.[1] ?? 'service';

const operationOf = (address: string, declared: Route): ZodOpenApiOperationObject => {
  const { method, path } = partsOf(address);
  const { summary, access, params, query, body, reply } = declared;
  return {
    operationId: operationIdOf(method, path),
    summary,
    tags: [tagOf(path)],
    security: access === 'public' ? [] : [{ bearer: [] }],
    ...((params || query) && {
      requestParams: {
        ...(params && { path: params as z.ZodObject }),
        ...(query && { query: query as z.ZodObject }),
      },
    }),
    ...(body && { requestBody: body.declared }),
    responses: { ...reply.declared, ...failuresOf(declared) },
  };
};

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The table of routes as OpenAPI 3.1: from the schemas that judge the requests. */
export const openApiOf = (routes: Routes): OpenApiDocument => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [address, declared] of Object.entries(routes)) {
    const { method, path } = partsOf(address);
    paths[path] = { ...paths[path], [method]: operationOf(address, declared) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Assistant',
      version: '1',
      description:
        'Put in documents; search them; ask, and get answers with citations. Failures are RFC 9457 problems.',
    },
    servers: [{ url: '/' }],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  });
};

/** @param routes asked for once, when first needed: the table that this route is part of */
export const readOpenApi = (routes: () => Routes) => {
  let made: OpenApiDocument | undefined;
  return route({
    summary: 'Read this description',
    access: 'public',
    reply: json(z.looseObject({ openapi: z.string() })),
    async handle() {
      made ??= openApiOf(routes());
      return { ...made };
    },
  });
};
