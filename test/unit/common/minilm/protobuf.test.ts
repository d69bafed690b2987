import assert from 'node:assert/strict';
import {
  bytes,
  type Encoded,
  float,
  integer,
  message,
  nested,
  text,
} from '../../../../common/adapters/embedded/minilm/protobuf.ts';

const hex = ({ pieces, size }: Encoded): string => {
  const all = Buffer.concat(pieces);
  assert.equal(all.length, size);
  return all.toString('hex');
};

// The expected bytes of the first three are the examples of protobuf.dev, "Encoding".
describe('protobuf', () => {
  it('writes an integer in groups of seven bits, the lowest first', () => {
    assert.equal(hex(integer(1, 150)), '089601');
  });

  it('writes a string with its length in bytes', () => {
    assert.equal(hex(text(2, 'testing')), '120774657374696e67');
  });

  it('writes a message inside a message', () => {
    assert.equal(hex(nested(3, integer(1, 150))), '1a03089601');
  });

  it('writes a negative integer as ten bytes', () => {
    assert.equal(hex(integer(1, -1)), '08ffffffffffffffffff01');
  });

  it('writes a float in four bytes, little-endian', () => {
    assert.equal(hex(float(2, 1.5)), '150000c03f');
  });

  it('keeps bytes as the piece that they are', () => {
    const weights = Uint8Array.of(1, 2, 3);
    assert.ok(message(integer(1, 1), bytes(9, weights)).pieces.includes(weights));
  });
});
