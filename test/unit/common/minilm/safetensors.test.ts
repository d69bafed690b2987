import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSafetensors } from '../../../../common/adapters/embedded/minilm/safetensors.ts';

/** A file of one tensor of shape [halves.length]. */
const fileOf = async (folder: string, dtype: string, halves: readonly number[]): Promise<string> => {
  const data = Buffer.from(Uint16Array.from(halves).buffer);
  const header = Buffer.from(
    JSON.stringify({
      __metadata__: { format: 'pt' },
      one: { dtype, shape: [halves.length], data_offsets: [0, data.length] },
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const path = join(folder, 'weights.safetensors');
  await writeFile(path, Buffer.concat([length, header, data]));
  return path;
};

const openFolder = () => mkdtempDisposable(join(tmpdir(), 'assistant-'));

describe('openSafetensors', () => {
  it('reads numbers of half precision: normal, subnormal, signed, endless', async () => {
    await using folder = await openFolder();
    using weights = openSafetensors(await fileOf(folder.path, 'F16', [0x3c00, 0xc000, 0x3555, 0x0001, 0x7c00]));
    assert.deepEqual(weights.floats('one'), {
      shape: [5],
      values: Float32Array.of(1, -2, 0.333251953125, 2 ** -24, Number.POSITIVE_INFINITY),
    });
  });

  it('gives the bytes as they are stored', async () => {
    await using folder = await openFolder();
    using weights = openSafetensors(await fileOf(folder.path, 'F16', [0x3c00]));
    assert.deepEqual(weights.halves('one').data, Uint8Array.of(0x00, 0x3c));
  });

  it('names the tensor that is missing, or of another kind', async () => {
    await using folder = await openFolder();
    using weights = openSafetensors(await fileOf(folder.path, 'I16', [1]));
    assert.throws(() => weights.floats('two'), /no half-precision tensor two/);
    assert.throws(() => weights.floats('one'), /no half-precision tensor one/);
  });
});
