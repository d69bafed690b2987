/**
 * Protocol Buffers' wire format, the writing half: just what an ONNX file needs.
 * Source: protobuf.dev, "Encoding".
 */

/** Bytes in pieces, so that weights of tens of megabytes are never copied together. */
export interface Encoded {
  readonly pieces: readonly Uint8Array[];
  /** Bytes in all pieces. */
  readonly size: number;
}

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const WIRE_32_BIT = 5;

const encoded = (...pieces: Uint8Array[]): Encoded => ({
  pieces,
  size: pieces.reduce((size, piece) => size + piece.length, 0),
});

/** Base 128, lowest group first; a negative number as its 64-bit two's complement. */
const varint = (value: number): Uint8Array => {
  const groups: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    groups.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Uint8Array.from([...groups, Number(rest)]);
};

const tag = (field: number, wireType: number): Uint8Array => varint((field << 3) | wireType);

/** The fields of a message, in the order given. */
export const message = (...fields: readonly Encoded[]): Encoded => ({
  pieces: fields.flatMap(({ pieces }) => pieces),
  size: fields.reduce((size, field) => size + field.size, 0),
});

export const integer = (field: number, value: number): Encoded => encoded(tag(field, WIRE_VARINT), varint(value));

export const float = (field: number, value: number): Encoded =>
  encoded(tag(field, WIRE_32_BIT), new Uint8Array(Float32Array.of(value).buffer));

export const bytes = (field: number, value: Uint8Array): Encoded =>
  encoded(tag(field, WIRE_BYTES), varint(value.length), value);

export const text = (field: number, value: string): Encoded => bytes(field, Buffer.from(value));

/** A message inside a message. */
export const nested = (field: number, inner: Encoded): Encoded =>
  message(encoded(tag(field, WIRE_BYTES), varint(inner.size)), inner);
