import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';

export interface Exchange {
  readonly request: Request;
  readonly response: Response;
  /** Aborts when the connection is gone, or all is said. */
  readonly left: AbortSignal;
  /** Aborts when the server closes. */
  readonly stopping: AbortSignal;
}

/** By status. */
export type Responses = Readonly<Record<`${number}`, ZodOpenApiResponseObject>>;

/** A kind of reply: how it is declared, by status, and how a value is sent. */
export interface Reply<Value> {
  readonly declared: Responses;
  send(value: Value, exchange: Exchange): Promise<void>;
}

/** What a handler gives for a schema: readers do not need the right to write. */
export type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Given<T[Key]> }
    : T;

/** What `schema` does not name stays inside. */
export const json = <Schema extends z.ZodType>(
  schema: Schema,
  { status = 200, description = 'As asked' }: { status?: 200 | 201 | 202; description?: string } = {},
): Reply<Given<z.input<Schema>>> => ({
  declared: { [`${status}`]: { description, content: { 'application/json': { schema } } } },
  async send(value, { response }) {
    response.status(status).set('Cache-Control', 'no-store').json(schema.parse(value));
  },
});

/** A value at a version: not even read for a client that has that version already. */
export interface Versioned<Value> {
  readonly etag: string;
  read(): Promise<Value>;
}

const NOT_MODIFIED = { description: 'You have it already: If-None-Match named its ETag' };
export const ETAG = z.object({ ETag: z.string().optional() });

/**
 * Whether the client has this version, as If-None-Match tells: RFC 9110, 13.1.2, weak comparison. Express's own `fresh`
 * takes a Cache-Control: no-cache, which fetch() always adds, for a wish to have it again.
 */
export const has = (request: Request, etag: string | undefined): boolean => {
  const known =
    request
      .get('If-None-Match')
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return etag !== undefined && (known.includes(etag) || known.includes('*'));
};

/** Revalidated at each use: no store of a client or a proxy serves it unasked. */
export const REVALIDATE = 'private, no-cache';

export const versioned = <Schema extends z.ZodType>(schema: Schema): Reply<Versioned<Given<z.input<Schema>>>> => ({
  declared: {
    '200': { description: 'As asked', headers: ETAG, content: { 'application/json': { schema } } },
    '304': NOT_MODIFIED,
  },
  async send({ etag, read }, { request, response }) {
    response.set({ ETag: etag, 'Cache-Control': REVALIDATE });
    if (has(request, etag)) response.status(304).end();
    else response.json(schema.parse(await read()));
  },
});

export const nothing = (status: 202 | 204, description: string): Reply<void> => ({
  declared: { [`${status}`]: { description } },
  async send(_, { response }) {
    response.status(status).end();
  },
});

export const text = (mediaType: string): Reply<string> => ({
  declared: { '200': { description: 'As asked', content: { [mediaType]: { schema: z.string() } } } },
  async send(value, { response }) {
    response.set('Cache-Control', 'no-store').type(mediaType).send(value);
  },
});
