import assert from 'node:assert/strict';
import { mkdtempDisposable, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { modelFile } from '../../../../common/adapters/embedded/minilm/model-file.ts';
import { openSession } from '../../../../common/adapters/embedded/minilm/session.ts';
import { fastestExactWeights } from '../../../../common/adapters/embedded/minilm/weight-type.ts';
import { WEIGHTS_PATH } from '../../../../common/adapters/embedded/minilm/weights.ts';

const openFolder = () => mkdtempDisposable(join(tmpdir(), 'assistant-'));
const make = (folder: string) => modelFile(folder, WEIGHTS_PATH, 'uint8');

describe('modelFile', () => {
  it('makes one file, and the next time finds it', async () => {
    await using folder = await openFolder();
    const path = make(folder.path);
    assert.deepEqual(await readdir(folder.path), [basename(path)]);
    const made = await readFile(path);
    assert.equal(make(folder.path), path);
    assert.ok(made.equals(await readFile(path)));
  });

  it('makes a file again that has lost its end', async () => {
    await using folder = await openFolder();
    const path = make(folder.path);
    const whole = await readFile(path);
    await truncate(path, 1_000_000);
    assert.ok(whole.equals(await readFile(make(folder.path))));
  });

  it('makes a file again in which a bit has changed', async () => {
    await using folder = await openFolder();
    const path = make(folder.path);
    const whole = await readFile(path);
    await writeFile(path, Uint8Array.prototype.with.call(whole, 20_000_000, (whole[20_000_000] as number) ^ 1));
    assert.ok(whole.equals(await readFile(make(folder.path))));
  });

  it('makes a file again that is empty', async () => {
    await using folder = await openFolder();
    const path = make(folder.path);
    await writeFile(path, '');
    make(folder.path);
    assert.ok((await readFile(path)).length > 30_000_000);
  });

  it('removes what a process that was killed has left, and leaves what another is writing', async () => {
    await using folder = await openFolder();
    const path = make(folder.path);
    const id = '00000000-0000-4000-8000-000000000000';
    const ours = `${basename(path)}.${process.pid}@${hostname()}.${id}.partial`;
    await writeFile(join(folder.path, `${basename(path)}.4194305@${hostname()}.${id}.partial`), 'of no living process');
    await writeFile(join(folder.path, ours), 'being written');
    make(folder.path);
    assert.deepEqual(await readdir(folder.path), [basename(path), ours].toSorted());
  });

  it('has the fastest weights give the vector that uint8 gives', async () => {
    await using folder = await openFolder();
    const tokens = Int32Array.of(101, 7592, 2088, 102);
    const vectorOf = async (path: string) => {
      await using session = await openSession(path);
      return await session.vectorOf(tokens);
    };
    const fastest = modelFile(folder.path, WEIGHTS_PATH, await fastestExactWeights());
    assert.deepEqual(await vectorOf(fastest), await vectorOf(make(folder.path)));
  });
});
