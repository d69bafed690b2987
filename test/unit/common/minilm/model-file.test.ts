import assert from 'node:assert/strict';
import { mkdtempDisposable, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelFile } from '../../../../common/adapters/embedded/minilm/model-file.ts';
import { openSession } from '../../../../common/adapters/embedded/minilm/session.ts';
import { fastestExactWeights } from '../../../../common/adapters/embedded/minilm/weight-type.ts';
import { WEIGHTS_PATH } from '../../../../common/adapters/embedded/minilm/weights.ts';
import { processName } from '../../../../common/adapters/process/process-name.ts';

const openFolder = () => mkdtempDisposable(join(tmpdir(), 'assistant-'));
const make = (folder: string) => modelFile(folder, { weightsPath: WEIGHTS_PATH, weightType: 'uint8' });
const weightsOf = (model: string): string => model.replace(/onnx$/, 'weights');

const vectorOf = async (model: string): Promise<Float32Array> => {
  await using session = await openSession(model);
  return await session.vectorOf(Int32Array.of(101, 7592, 2088, 102));
};

/** Makes the files, breaks one, and asserts that they are made again as they were. */
const assertRepaired = async (file: (model: string) => string, spoil: (path: string) => Promise<void>) => {
  await using folder = await openFolder();
  const path = file(make(folder.path));
  const whole = await readFile(path);
  await spoil(path);
  make(folder.path);
  assert.ok(whole.equals(await readFile(path)));
};

const flipBit = async (path: string): Promise<void> => {
  const content = await readFile(path);
  const middle = content.length >> 1;
  content.writeUInt8(content.readUInt8(middle) ^ 1, middle);
  await writeFile(path, content);
};

describe('modelFile', () => {
  it('makes the model and its weights, and the next time finds them', async () => {
    await using folder = await openFolder();
    const path = make(folder.path);
    const { mtimeMs } = await stat(path);
    assert.deepEqual(
      (await readdir(folder.path)).map((name) => join(folder.path, name)),
      [path, weightsOf(path)],
    );
    assert.equal(make(folder.path), path);
    assert.equal((await stat(path)).mtimeMs, mtimeMs);
  });

  it('makes weights again that have lost their end', () =>
    assertRepaired(weightsOf, (path) => truncate(path, 1_000_000)));

  it('makes weights again in which a bit has changed', () => assertRepaired(weightsOf, flipBit));

  it('makes a model again in which a bit has changed', () => assertRepaired((model) => model, flipBit));

  it('makes a model again that is empty', () =>
    assertRepaired(
      (model) => model,
      (path) => writeFile(path, ''),
    ));

  it('removes what a process that was killed has left, and leaves what another is writing', async () => {
    await using folder = await openFolder();
    const model = make(folder.path);
    const partialOf = (owner: string) => `${model}.${owner}.00000000-0000-4000-8000-000000000000.partial`;
    const ours = partialOf(processName());
    const orphaned = partialOf(`4194305@${hostname()}~1`); // no process has so high a number
    await writeFile(ours, 'being written');
    await writeFile(orphaned, 'half written');
    make(folder.path);
    const left = (await readdir(folder.path)).map((name) => join(folder.path, name));
    assert.deepEqual(left, [model, ours, weightsOf(model)].toSorted());
  });

  it('has the fastest weights give the vector that uint8 gives', async () => {
    await using folder = await openFolder();
    const weightType = await fastestExactWeights();
    const fastest = modelFile(folder.path, { weightsPath: WEIGHTS_PATH, weightType });
    assert.deepEqual(await vectorOf(fastest), await vectorOf(make(folder.path)));
  });
});
