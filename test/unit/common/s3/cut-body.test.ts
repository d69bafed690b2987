import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutBody } from '../../../../common/adapters/aws/s3/cut-body.ts';
import { bytes } from '../../../support/bytes.ts';

const cut = async (size: number, ...parts: Uint8Array[]): Promise<Buffer[]> => {
  const pieces: Buffer[] = [];
  for await (const piece of cutBody(bytes(...parts), size)) pieces.push(Buffer.from(piece));
  return pieces;
};

describe('cutBody', () => {
  it('gives the same bytes, in pieces of one size and a shorter last one', async () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 50 }), async (given, size) => {
        const pieces = await cut(size, ...given);
        assert.ok(Buffer.concat(pieces).equals(Buffer.concat(given)));
        for (const [index, { byteLength }] of pieces.entries()) {
          assert.ok(index < pieces.length - 1 ? byteLength === size : byteLength > 0 && byteLength <= size);
        }
      }),
    );
  });

  it('gives no piece of no bytes', async () => {
    assert.deepEqual(await cut(4), []);
    assert.equal((await cut(4, Buffer.alloc(8))).length, 2);
  });

  it('keeps pieces apart from what its source does with its own memory', async () => {
    const shared = Buffer.from('abc');
    async function* reusing() {
      yield shared;
      shared.fill('x');
      yield shared;
    }
    const pieces: string[] = [];
    for await (const piece of cutBody(reusing(), 3)) pieces.push(Buffer.from(piece).toString());
    assert.deepEqual(pieces, ['abc', 'xxx']);
  });
});
