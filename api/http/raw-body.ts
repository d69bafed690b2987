import type { Request } from 'express';
import { z } from 'zod';
import { AppError } from '../../common/domain/errors.ts';
import type { RequestBody } from './body.ts';
import { tooLarge } from './upload.ts';

/** Bytes as they come in, and where they were sent to. */
export interface RawBody {
  /** Path and query. */
  readonly address: string;
  /** Throws when there are too many, or not all arrive. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const CUT = 'The connection broke before all had arrived; send it again.';

/** Leaves the connection open, whatever becomes of the bytes: an answer has to get out. */
async function* bytesOf(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      size += piece.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield piece;
    }
  } catch (cause) {
    throw request.errored === null ? cause : new AppError('invalid', CUT, { cause });
  } finally {
    request.resume(); // what nobody wants any more is read to nowhere
  }
}

const schema = z.string().meta({ format: 'binary' });

/** Whatever is sent, streamed, never held whole. */
export const rawBody = ({ maxBytes }: { maxBytes: number }): RequestBody<RawBody> => ({
  declared: { required: true, content: { 'application/octet-stream': { schema } } },
  problems: ['invalid', 'too_large'],
  async read(request) {
    if (Number(request.get('Content-Length')) > maxBytes) throw tooLarge(maxBytes);
    return { address: request.originalUrl, bytes: bytesOf(request, maxBytes) };
  },
});
