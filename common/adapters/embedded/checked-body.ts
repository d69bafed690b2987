import { createHash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';

/** The bytes as they come. Throws `invalid` as soon as they are too many, and at their end unless they are the right ones. */
export async function* checkedBody(
  body: AsyncIterable<Uint8Array>,
  { size, checksum }: { size: number; checksum: string },
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const part of body) {
    length += part.byteLength;
    if (length > size) throw new AppError('invalid', `There are more bytes than the ${size} announced.`);
    hash.update(part);
    yield part;
  }
  if (length < size) throw new AppError('invalid', `${length} of ${size} bytes have come. Send them again.`);
  if (hash.digest('base64') !== checksum) {
    throw new AppError('invalid', 'The bytes are others than their SHA-256 names. Send them again.');
  }
}
