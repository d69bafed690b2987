const FIRST_ROOM = 65_536;

/**
 * A body in pieces of `size` bytes and a last one of at least 1 byte, or no piece at all; however small or large the
 * parts are that it comes in, one piece is held at a time.
 */
export async function* cutBody(body: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let piece: Buffer = Buffer.allocUnsafeSlow(Math.min(size, FIRST_ROOM));
  let length = 0;
  for await (const part of body) {
    for (let from = 0; from < part.byteLength; ) {
      const taken = part.subarray(from, from + size - length);
      piece = withRoom(piece, { length, wanted: length + taken.byteLength, most: size });
      piece.set(taken, length);
      length += taken.byteLength;
      from += taken.byteLength;
      if (length < size) continue;
      yield piece;
      piece = Buffer.allocUnsafeSlow(size);
      length = 0;
    }
  }
  if (length > 0) yield piece.subarray(0, length);
}

/** Doubled, so that a body of small parts is not copied again and again. */
const withRoom = (piece: Buffer, { length, wanted, most }: { length: number; wanted: number; most: number }) => {
  if (wanted <= piece.byteLength) return piece;
  const larger = Buffer.allocUnsafeSlow(Math.min(most, Math.max(wanted, 2 * piece.byteLength)));
  piece.copy(larger, 0, 0, length);
  return larger;
};
