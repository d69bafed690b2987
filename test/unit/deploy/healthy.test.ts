import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { serveStatus } from '../../../workers/status-server.ts';
import { REPOSITORY } from '../../image/build.ts';

const checked = async (port: string): Promise<number | null> => {
  const env = { PATH: process.env['PATH'], PORT: port };
  const [code] = await once(spawn(process.execPath, [join(REPOSITORY, 'deploy/healthy.ts')], { env }), 'exit');
  return code;
};

describe('the health check of a container', () => {
  it('finds a worker that answers healthy, and one that is gone not', async () => {
    const worker = await serveStatus({ register: new Registry(), host: '127.0.0.1', port: 0 });
    const { port } = new URL(worker.url);
    assert.equal(await checked(port), 0);
    await worker[Symbol.asyncDispose]();
    assert.equal(await checked(port), 1);
  });
});
