import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Blob } from '../../common/ports/blob-store.ts';
import { Refusal } from '../problem.ts';
import { ETAG, has, REVALIDATE, type Reply } from './reply.ts';

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
const content = { '*/*': { schema: binary } };

/** Streamed; ETag and, where the size is known, single ranges as RFC 9110 has them. */
export const bytes = ({ ranges }: { ranges: boolean }): Reply<Bytes> => ({
  declared: {
    '200': { description: 'The whole', headers: ETAG, content },
    ...(ranges && { '206': { description: 'The range that was asked for', headers: ETAG, content } }),
    '304': { description: 'You have it already: If-None-Match named its ETag' },
  },
  async send(value, { request, response, left }) {
    response.set('Cache-Control', REVALIDATE);
    if (value.etag !== undefined) response.set('ETag', value.etag);
    if (has(request, value.etag)) {
      response.status(304).end();
      return;
    }
    const range = rangeOf(request, value);
    if (request.method === 'HEAD' && value.size !== undefined) {
      describe(response, value, { range, size: value.size });
      response.end();
      return;
    }
    const { size, body } = await value.open(range);
    describe(response, value, { range, size: value.size ?? size });
    await pipeline(Readable.from(body), response).catch((error: unknown) => {
      if (!left.aborted) throw error;
    });
  },
});
