import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { MODEL_DIR } from '../support/home.ts';
import { temporaryFolder } from '../support/temporary.ts';

const MAIN = fileURLToPath(new URL('../../api/main.ts', import.meta.url));

/** The API as a process of its own. */
const start = (env: Record<string, string>): ChildProcess =>
  spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'], MODEL_DIR, LOG_LEVEL: 'silent', ...env } });

const textOf = async (stream: NodeJS.ReadableStream | null): Promise<string> => {
  let text = '';
  for await (const part of stream ?? []) text += part;
  return text;
};

describe('the API process', function () {
  this.timeout(20_000);

  it('says where it listens, and ends on SIGTERM', async () => {
    await using folder = await temporaryFolder();
    const child = start({ DATA_DIR: folder.path, PORT: '0' });
    assert.ok(child.stdout);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /^Listening on (http:\S+)\n$/.exec(line.toString())?.[1];
    assert.equal((await fetch(`${url}/health/ready`)).status, 200);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('says in one sentence that its port is taken', async () => {
    await using folder = await temporaryFolder();
    await using taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const child = start({ DATA_DIR: folder.path, PORT: `${port}` });
    const [said, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
    assert.equal(said, `Port ${port} is taken; stop what uses it, or choose another with PORT.\n`);
    assert.equal(code, 1);
  });

  it('names every setting that is wrong', async () => {
    const child = start({ PORT: 'web', MAX_UPLOAD_BYTES: '-1' });
    const [said, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
    assert.match(said, /PORT[\s\S]*MAX_UPLOAD_BYTES/);
    assert.equal(code, 1);
  });
});
