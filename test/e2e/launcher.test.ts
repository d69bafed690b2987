import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { register } from '../support/account.ts';
import { openFleet } from '../support/fleet.ts';
import { atRest, documentsOf } from '../support/oracle.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { until } from '../support/until.ts';

const START = join(import.meta.dirname, '..', '..', 'deploy', 'start.ts');

/** What a start says that cannot work. */
const failedStart = async (env: Record<string, string>): Promise<{ code: number; stderr: string }> => {
  const { PATH } = process.env;
  const error = await promisify(execFile)(process.execPath, [START], { env: { PATH, ...env } }).catch(
    (thrown) => thrown,
  );
  return { code: error.code, stderr: error.stderr };
};

const childrenOf = (pid: number | undefined): number[] => {
  try {
    return execFileSync('pgrep', ['-P', String(pid), '-f', 'workers/main'], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number);
  } catch {
    return []; // pgrep found none
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('npm start', function () {
  this.timeout(60_000);

  it('ends API and workers in order at SIGTERM', async () => {
    await using fleet = await openFleet();
    const launcher = await fleet.launcher();
    const [worker = 0] = childrenOf(launcher.child.pid);
    const account = await register(launcher.url);
    await account.upload('a.txt', 'The valve opens at four bar.');
    assert.equal(await launcher.stop(), 0);
    assert.equal(isAlive(worker), false);
    assert.equal((await fleet.home.ports.queue.depth('embed')).inFlight, 0, 'nothing is held any more');
  });

  it('starts another worker when one is killed', async () => {
    await using fleet = await openFleet();
    const { url, child } = await fleet.launcher();
    const account = await register(url);
    await until('a worker', async () => childrenOf(child.pid).length === 1);
    const [worker = 0] = childrenOf(child.pid);
    process.kill(worker, 'SIGKILL');
    await account.upload('a.txt', 'The valve opens at four bar.');
    await atRest(fleet.home.ports, account.userId);
    const [document] = await documentsOf(fleet.home.ports, account.userId);
    assert.equal(document?.status, 'ready');
  });

  it('leaves no worker behind when it is killed itself', async () => {
    await using fleet = await openFleet();
    const launcher = await fleet.launcher();
    await until('a worker', async () => childrenOf(launcher.child.pid).length === 1);
    const [worker = 0] = childrenOf(launcher.child.pid);
    await launcher.kill();
    await until('its end', async () => !isAlive(worker), 30);
  });

  it('twice on one folder, with two ports, is one assistant', async () => {
    await using fleet = await openFleet();
    const [first, second] = await Promise.all([fleet.launcher(), fleet.launcher()]);
    const account = await register(first.url);
    await account.upload('a.txt', 'The valve opens at four bar.');
    await atRest(fleet.home.ports, account.userId);
    const reply = await fetch(`${second.url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.org', password: 'correct horse battery' }),
    });
    assert.equal(reply.status, 200);
  });

  it('says which port is taken', async () => {
    await using folder = await temporaryFolder();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await failedStart({ PORT: String(port), DATA_DIR: folder.path });
    server.close();
    assert.equal(code, 1);
    assert.equal(stderr, `Port ${port} is taken; stop what uses it, or choose another with PORT.\n`);
  });

  it('says that DATA_DIR cannot be written', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    const { code, stderr } = await failedStart({ PORT: '0', DATA_DIR: join(file, 'data') });
    assert.equal(code, 1);
    assert.match(stderr, /^DATA_DIR \(.*data\) cannot be written \(ENOTDIR\): choose another folder\.\n$/);
  });

  it('names every variable that is wrong', async () => {
    const { code, stderr } = await failedStart({ PORT: 'web', MAX_UPLOAD_BYTES: '-1' });
    assert.equal(code, 1);
    assert.match(stderr, /PORT.*\n.*MAX_UPLOAD_BYTES/);
  });
});
