import assert from 'node:assert/strict';
import { access, chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { register } from '../support/account.ts';
import { freePort } from '../support/servers/free-port.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { until } from '../support/until.ts';
import { buildIn, type Image } from './build.ts';
import { type Container, commandOf, healthCheckOf, protect, start, unprotect } from './container.ts';

describe('the image, built in a folder from the lines of its Dockerfile', function () {
  this.timeout(300_000);

  let stack: AsyncDisposableStack;
  let image: Image;
  let assistant: Container;
  let port: string;
  let url: string;

  const isReady = async (): Promise<boolean> => {
    assert.equal(assistant.child.exitCode, null, 'it has ended');
    const reply = await fetch(`${url}/health/ready`).catch(() => undefined);
    return reply?.status === 200;
  };

  before(async () => {
    stack = new AsyncDisposableStack();
    const { path } = stack.use(await temporaryFolder());
    await chmod(path, 0o755);
    image = await buildIn(path);
    stack.defer(() => unprotect(image));
    await protect(image);
    port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    assistant = start(image, commandOf(image), { PORT: port });
    stack.defer(async () => void assistant.child.kill('SIGKILL'));
  });
  after(() => stack.disposeAsync());

  it('starts with its command, and says that it is ready', async () => {
    await until('it to be ready', isReady);
  });

  it('is found healthy by its health check, and a process that is not there is not', async () => {
    const check = (env: Record<string, string>) => start(image, healthCheckOf(image), env).ended;
    assert.deepEqual(await check({ PORT: port }), { code: 0, output: '' });
    assert.equal((await check({ PORT: String(await freePort()) })).code, 1);
  });

  it('takes a file and answers a question about it', async () => {
    const account = await register(url);
    const documentId = await account.upload('pump.md', '# Venting\n\nThe pump is vented by the brass valve on top.');
    await until('the document to be ready', async () => {
      const { body } = await account.send('GET', `/v1/documents/${documentId}`);
      assert.notEqual(body['status'], 'error', JSON.stringify(body));
      return body['status'] === 'ready';
    });
    const { body } = await account.send('POST', '/v1/answers', { question: 'How is the pump vented?' });
    assert.match(body['answer'] ?? '', /brass valve.*\[1\]/s);
  });

  it('shows its metrics, those of its workers too', async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    assert.match(text, /assistant_document_searchable_seconds_count 1/);
  });

  it('writes its data where the volume is, and nothing beside the program', async () => {
    assert.ok((await readdir(join(image.root, 'data'))).includes('records.db'));
    await assert.rejects(access(join(image.root, 'app/node_modules/.cache')));
  });

  it('carries no development packages, and no libraries of other systems', async () => {
    const modules = join(image.root, 'app/node_modules');
    for (const name of ['mocha', 'typescript', 'node24', '@biomejs']) await assert.rejects(access(join(modules, name)));
    assert.deepEqual(await readdir(join(modules, 'onnxruntime-node/bin/napi-v6')), [process.platform]);
    assert.deepEqual((await readdir(join(image.root, 'app'))).sort(), CONTENT);
  });

  it('is the API, each worker and each maintenance command of the aws home, by command', async () => {
    for (const command of [['api/main.ts'], ['workers/main.ts', 'extract'], ['workers/maintenance/main.ts', 'sweep']]) {
      const { code, output } = await start(image, ['node', ...command], { ASSISTANT_HOME: 'aws' }).ended;
      assert.match(output, /DOCUMENTS_BUCKET/, output); // all is loaded, and it asks for its settings
      assert.equal(code, 1);
    }
  });

  it('ends within seconds when it is told to stop', async () => {
    assistant.child.kill('SIGTERM');
    const { code, output } = await assistant.ended;
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /"level":[56]0/);
  });
});

const CONTENT = ['LICENSE', 'api', 'common', 'deploy', 'node_modules', 'package.json', 'workers'];
