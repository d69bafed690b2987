import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolder } from '../../../support/servers/guarded.ts';
import { cacheFolder, installOnce } from '../../../support/servers/install.ts';
import { startServer } from '../../../support/servers/server.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const { signal } = new AbortController();

const installation = (cache: string, build: (folder: string) => Promise<void>) =>
  installOnce({ cache, name: 'server-1', lock: 'server', signal, build });

describe('installing a test server', () => {
  it('happens once, however many ask for it at the same time', async () => {
    await using cache = await temporaryFolder();
    let builds = 0;
    const build = async (folder: string) => {
      builds += 1;
      await writeFile(join(folder, 'server'), 'whole');
    };
    const folders = await Promise.all([1, 2, 3].map(() => installation(cache.path, build)));
    assert.deepEqual(new Set(folders), new Set([join(cache.path, 'server-1')]));
    assert.equal(builds, 1);
  });

  it('leaves nothing that looks complete when it breaks, and begins anew the next time', async () => {
    await using cache = await temporaryFolder();
    const broken = async (folder: string) => {
      await writeFile(join(folder, 'half'), '');
      throw new Error('no network');
    };
    await assert.rejects(installation(cache.path, broken), /no network/);
    assert.equal(existsSync(join(cache.path, 'server-1')), false);
    const folder = await installation(cache.path, (place) => writeFile(join(place, 'server'), 'whole'));
    assert.deepEqual(await readdir(folder), ['server']);
  });

  it('goes where the environment says', () => {
    assert.equal(cacheFolder({ ASSISTANT_TEST_SERVERS: '/elsewhere' }), '/elsewhere');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/cache' }), '/cache/assistant-test-servers');
  });
});

describe('starting a test server', () => {
  it('says why it did not start, in its own last words', async () => {
    const start = startServer({
      name: 'Sample',
      signal,
      folder: runFolder,
      command: () => ({ command: 'sh', args: ['-c', 'echo "no memory left"; exit 3'] }),
      ready: async () => undefined,
    });
    const message = 'Sample did not start (exit code 3). The last lines of its log:\nno memory left';
    await assert.rejects(start, { code: 'unavailable', message });
  });

  it('tries another port when somebody was quicker', async () => {
    const ports: number[] = [];
    await using server = await startServer({
      name: 'Sample',
      signal,
      folder: runFolder,
      command: (port) => {
        ports.push(port);
        const script = ports.length === 1 ? 'echo Address already in use; exit 1' : 'sleep 1000';
        return { command: 'sh', args: ['-c', script] };
      },
      ready: async (port) => (ports.length === 2 ? `http://127.0.0.1:${port}` : undefined),
    });
    assert.equal(server.url, `http://127.0.0.1:${ports[1]}`);
  });
});
