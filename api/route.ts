import type { RequestHandler, Router } from 'express';
import type { z } from 'zod';
import { AppError } from '../common/domain/errors.ts';
import { checked } from '../common/runtime/checked.ts';
import { type Access, type Caller, type CallerOf, NOBODY } from './caller.ts';
import type { RequestBody } from './http/body.ts';
import type { Reply } from './http/reply.ts';
import { seen } from './http/witness.ts';
import { type ProblemCode, Refusal } from './problem.ts';

export interface Asked<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** On a public route: nobody. */
  readonly caller: Caller;
  /** The client's IP address. */
  readonly address: string;
  /** The Cookie header. */
  readonly cookies: string;
}

/** An endpoint as data: its schemas check it, type it and document it. */
export interface Route<Params = unknown, Query = unknown, Body = unknown, Value = unknown> {
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: RequestBody<Body>;
  readonly reply: Reply<Value>;
  /** How it may fail, beside what its access, its schemas and its services bring along. */
  readonly problems?: readonly ProblemCode[];
  handle(asked: Asked<Params, Query, Body>): Promise<NoInfer<Value>>;
}

export const route = <Params, Query, Body, Value>(
  declared: Route<Params, Query, Body, Value>,
): Route<Params, Query, Body, Value> => declared;

/** By address: a method and a path, such as 'GET /v1/documents/{id}'. */
export type Routes = Readonly<Record<string, Route>>;

export const partsOf = (address: string): { method: string; path: string } => {
  const [method = '', path = ''] = address.split(' ');
  return { method: method.toLowerCase(), path };
};

/** A path that is not well formed names nothing. */
const paramsOf = ({ params }: Route, given: unknown): unknown => {
  const parsed = params?.safeParse(given);
  if (parsed?.success === false) throw new AppError('not_found', 'Nothing has this address; look at the ids in it.');
  return parsed?.data;
};

export interface Mounting {
  readonly callerOf: CallerOf;
  /** Aborts when the server closes. */
  readonly stopping: AbortSignal;
}

/** What is thrown travels on to problem(). */
const answer =
  (address: string, declared: Route, { callerOf, stopping }: Mounting): RequestHandler =>
  async (request, response) => {
    const witnessed = seen(response);
    witnessed.route = address;
    const left = new AbortController();
    response.once('close', () => left.abort());
    const { access } = declared;
    const caller = access === 'public' ? NOBODY : await callerOf(request.get('Authorization'), access);
    if (access !== 'public') witnessed.userId = caller.userId;
    const asked = {
      params: paramsOf(declared, request.params),
      query: declared.query && checked(declared.query, request.query, 'The query is'),
      body: await declared.body?.read(request, response),
      caller,
      address: request.ip ?? '',
      cookies: request.get('Cookie') ?? '',
    };
    await declared.reply.send(await declared.handle(asked), { request, response, left: left.signal, stopping });
  };

/** Other methods on an address of ours: told which ones there are. */
const refuse =
  (methods: readonly string[]): RequestHandler =>
  (request, response) => {
    const allow = {
      Allow: methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : method.toUpperCase())).join(', '),
    };
    if (request.method === 'OPTIONS') response.status(204).set(allow).end();
    else throw new Refusal('method_not_allowed', `This address answers ${allow.Allow} only.`, allow);
  };

export const mount = (router: Router, routes: Routes, mounting: Mounting): void => {
  const methodsOf = new Map<string, string[]>();
  for (const [address, declared] of Object.entries(routes)) {
    const { method, path } = partsOf(address);
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[method as 'get'](pattern, answer(address, declared, mounting));
    methodsOf.set(pattern, [...(methodsOf.get(pattern) ?? []), method]);
  }
  for (const [pattern, methods] of methodsOf) router.all(pattern, refuse(methods));
};
