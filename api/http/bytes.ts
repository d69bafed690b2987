import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Blob } from '../../common/ports/blob-store.ts';
import { Refusal } from '../problem.ts';
import { ETAG, has, REVALIDATE, type Reply } from './reply.ts';
import { seen } from './witness.ts';

interface Range {
  readonly start: number;
  /** Excluded. */
  readonly end: number;
}

/** A stream to hand out. */
export interface Bytes {
  readonly mediaType: string;
  /** With quotes; absent while it is not known. */
  readonly etag?: string | undefined;
  /** Makes it a download under this name. */
  readonly fileName?: string;
  /** In bytes; without it ranges are not served. */
  readonly size?: number;
  /** Where anyone may fetch it for some minutes; undefined where it goes through here. */
  addressOf?(): Promise<string | undefined>;
  open(range?: Range): Promise<Blob>;
}

/** Nothing that a user uploaded runs in a browser as if it were ours. */
const HARMLESS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
};

/** RFC 9110, 14.2: a Range counts only for the version that If-Range names, and one that is not understood is ignored. */
const rangeOf = (request: Request, { size, etag }: Bytes): Range | undefined => {
  const condition = request.get('If-Range');
  if (size === undefined || (condition !== undefined && condition !== etag)) return undefined;
  const ranges = request.range(size);
  if (ranges === -1) {
    const headers = { 'Content-Range': `bytes */${size}` };
    throw new Refusal('range_not_satisfiable', `The content ends at byte ${size}; ask for less.`, headers);
  }
  const [range, ...others] = Array.isArray(ranges) && ranges.type === 'bytes' ? ranges : [];
  return range === undefined || others.length > 0 ? undefined : { start: range.start, end: range.end + 1 };
};

const describe = (
  response: Response,
  value: Bytes,
  { range, size }: { range: Range | undefined; size: number },
): void => {
  if (value.fileName !== undefined) response.attachment(value.fileName);
  response.set(HARMLESS).setHeader('Content-Type', value.mediaType); // set() would add a charset that may be wrong
  if (value.size !== undefined) response.set('Accept-Ranges', 'bytes');
  if (range !== undefined) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end - 1}/${size}`);
  response.set('Content-Length', String(range === undefined ? size : range.end - range.start));
};

const binary = z.string().meta({ format: 'binary' });
const LOCATION = z.object({ Location: z.string(), ETag: z.string().optional() });
const content = { '*/*': { schema: binary } };

/** Not to be kept: the address ends soon. The ETag tells a client which version it leads to. */
const redirect = (response: Response, address: string): void => {
  response.status(302).set({ Location: address, 'Cache-Control': 'no-store' }).end();
};

/**
 * Streamed, or fetched from elsewhere where it has an address of its own; ETag and, where the size is known, single
 * ranges as RFC 9110 has them.
 */
export const bytes = ({ ranges, elsewhere }: { ranges: boolean; elsewhere: boolean }): Reply<Bytes> => ({
  declared: {
    '200': { description: 'The whole', headers: ETAG, content },
    ...(ranges && { '206': { description: 'The range that was asked for', headers: ETAG, content } }),
    ...(elsewhere && { '302': { description: 'It is at this address for some minutes', headers: LOCATION } }),
    '304': { description: 'You have it already: If-None-Match named its ETag' },
  },
  async send(value, { request, response }) {
    response.set('Cache-Control', REVALIDATE);
    if (value.etag !== undefined) response.set('ETag', value.etag);
    if (has(request, value.etag)) {
      response.status(304).end();
      return;
    }
    const address = await value.addressOf?.();
    if (address !== undefined) return redirect(response, address);
    const range = rangeOf(request, value);
    if (request.method === 'HEAD' && value.size !== undefined) {
      describe(response, value, { range, size: value.size });
      response.end();
      return;
    }
    const { size, body } = await value.open(range);
    if (response.destroyed) return closed(body); // the client has left meanwhile
    describe(response, value, { range, size: value.size ?? size });
    await pipeline(Readable.from(noting(body, response)), response).catch((error: unknown) => {
      if (!isHangUp(error)) throw error;
    });
  },
});

/** Only what has been begun can be ended: an iterator that never ran would keep its file open. */
const closed = async (body: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const _ of body) break;
};

/** Keeps what was thrown for the observer: pipeline() closes the response before anybody else hears of it. */
async function* noting(body: AsyncIterable<Uint8Array>, response: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    seen(response).cause = error;
    throw error;
  }
}

/** The client has left before the end, as it may. */
const isHangUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
