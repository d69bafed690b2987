import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMiniLm } from '../../../../common/adapters/embedded/minilm/minilm.ts';
import { MODEL_FOLDER } from '../../../contract/embedder.folder.ts';

const openFolder = () => mkdtempDisposable(join(tmpdir(), 'assistant-'));
const adapter = new URL('../../../../common/adapters/embedded/minilm/minilm.ts', import.meta.url);

/** Runs a script that has `openMiniLm`; gives its exit code. */
const exitCodeOf = async (script: string): Promise<number> => {
  const source = `import { openMiniLm } from '${adapter}';\n${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code;
};
const opened = (folder: string, options = ''): string =>
  `const embedder = await openMiniLm({ folder: ${JSON.stringify(folder)}, threads: 2, ${options} });`;

describe('openMiniLm', () => {
  it('lets its process end once it is disposed of', async () => {
    const script = `${opened(MODEL_FOLDER)} await embedder.embedQuery('why?'); await embedder[Symbol.asyncDispose]();`;
    assert.equal(await exitCodeOf(script), 0);
  });

  it('lets its process end once it has been idle', async () => {
    assert.equal(await exitCodeOf(`${opened(MODEL_FOLDER, 'idleMs: 10')} await embedder.embedQuery('why?');`), 0);
  });

  it('is disposed of in the middle of its work', async () => {
    const embedder = await openMiniLm({ folder: MODEL_FOLDER, threads: 2 });
    const ready = embedder.embedQuery('why?');
    const texts = embedder.embed(new Array(200).fill('a text'), { group: 'ada', signal: new AbortController().signal });
    const failed = assert.rejects(texts, { code: 'unavailable' });
    await ready;
    await embedder[Symbol.asyncDispose]();
    await failed;
    await assert.rejects(embedder.embedQuery('why?'), { code: 'unavailable' });
  });

  it('gives the same vector to a text alone and among others', async () => {
    await using embedder = await openMiniLm({ folder: MODEL_FOLDER, threads: 2 });
    const { signal } = new AbortController();
    const [alone] = await embedder.embed(['Bread is baked.'], { group: 'ada', signal });
    const among = await embedder.embed(['x', 'Bread is baked.', 'a longer text '.repeat(50)], { group: 'ada', signal });
    assert.deepEqual(among[1], alone);
    assert.deepEqual(await embedder.embedQuery('Bread is baked.'), alone);
  });

  it('shares a new folder with another process that starts at the same time', async () => {
    await using folder = await openFolder();
    const script = `${opened(folder.path)} await embedder.embedQuery('why?'); await embedder[Symbol.asyncDispose]();`;
    assert.deepEqual(await Promise.all([exitCodeOf(script), exitCodeOf(script)]), [0, 0]);
    assert.equal((await readdir(folder.path)).length, 2);
  });

  it('says so when its folder cannot be made', async () => {
    await using folder = await openFolder();
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    await using embedder = await openMiniLm({ folder: join(file, 'models'), threads: 1 });
    await assert.rejects(embedder.embedQuery('why?'), { code: 'unavailable' });
  });
});
