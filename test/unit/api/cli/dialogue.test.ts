import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileTokens } from '../../../../api/cli/client/token-file.ts';
import { isOpenToOthers } from '../../../../api/cli/commands/login.ts';
import type { Prompt } from '../../../../api/cli/terminal/prompt.ts';
import { aPublicDocument } from './support/documents.ts';
import { folderWith } from './support/folder.ts';
import { ran } from './support/ran.ts';
import { bodyOf, refuse, sendJson, serverDouble } from './support/server-double.ts';

/** Somebody who gives these answers, in order. */
const answering = (...answers: readonly string[]): Prompt & { asked: string[] } => {
  const left = [...answers];
  const asked: string[] = [];
  const next = async (question: string): Promise<string> => {
    asked.push(question);
    return left.shift() ?? '';
  };
  return { asked, ask: next, secret: next, confirm: async (question) => (await next(question)) === 'yes' };
};

/** A server without accounts: whoever registers is let in. */
const emptyServer = async () => {
  const registered: unknown[] = [];
  const server = await serverDouble(async (request: IncomingMessage, response: ServerResponse) => {
    const body = String(await bodyOf(request));
    if (request.url === '/v1/auth/login') {
      return refuse(response, 401, { code: 'unauthenticated', detail: 'The e-mail or the password is wrong.' });
    }
    if (request.url === '/v1/users/me') return sendJson(response, 200, { email: 'ada@example.org', role: 'admin' });
    registered.push(JSON.parse(body));
    return sendJson(response, 201, { accessToken: 'a', refreshToken: 'r', expiresIn: 900 });
  });
  return { server, registered, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

describe('talking with somebody at the terminal', () => {
  it('offers an account when logging in fails', async () => {
    await using folder = await folderWith();
    await using empty = await emptyServer();
    const prompt = answering('ada@example.org', 'open sesame', 'yes', 'open sesame', 'Ada', 'Lovelace');
    const env = { XDG_CONFIG_HOME: folder.path };
    const { exit, stderr } = await ran(['login', '--server', empty.server.url], { env, prompt });
    assert.equal(exit, 0, stderr);
    const person = { email: 'ada@example.org', password: 'open sesame', firstName: 'Ada', lastName: 'Lovelace' };
    assert.deepEqual(empty.registered, [person]);
    assert.match(stderr, /is wrong\.\n.*Logged in to http\S+ as ada@example\.org, administrator\.\n$/s);
  });

  it('makes no account when the passwords differ, or none is wanted', async () => {
    await using folder = await folderWith();
    await using empty = await emptyServer();
    const env = { XDG_CONFIG_HOME: folder.path };
    const login = ['login', '--server', empty.server.url, '--email', 'ada@example.org'];
    const differing = await ran(login, { env, prompt: answering('open sesame', 'yes', 'open sesam') });
    assert.match(differing.stderr, /The passwords are not the same\./);
    const unwilling = await ran(login, { env, prompt: answering('open sesame', 'no') });
    assert.equal(unwilling.exit, 3);
    assert.deepEqual(empty.registered, []);
  });

  it('asks before it deletes, and deletes nothing without a yes', async () => {
    const document = aPublicDocument();
    await using server = await serverDouble((_request, response) => sendJson(response, 200, { items: [document] }));
    const prompt = answering('no');
    const { exit, stderr } = await ran(['rm', document.fileName, '--server', server.url], { prompt });
    assert.deepEqual([exit, prompt.asked], [1, ['Delete 1 document for good?']]);
    assert.equal(stderr, '  docs/guide.md\nNothing was deleted.\n');
    assert.ok(server.asked.every((call) => call.startsWith('GET')));
  });

  it('deletes nothing where a name stands for several documents, and tells their ids', async () => {
    const items = [aPublicDocument(), aPublicDocument()];
    await using server = await serverDouble((_request, response) => sendJson(response, 200, { items }));
    const { exit, stderr } = await ran(['rm', '-y', 'docs/guide.md', '--server', server.url]);
    assert.equal(exit, 1);
    for (const { documentId } of items) assert.ok(stderr.includes(documentId));
    assert.ok(server.asked.every((call) => call.startsWith('GET')));
  });

  it('finds a document by its id, and else by its name', async () => {
    const document = aPublicDocument({ status: 'error', steps: { errorMessage: 'It is damaged.' } });
    const { documentId } = document;
    await using server = await serverDouble(({ url }, response) => {
      if (url === `/v1/documents/${documentId}`) return sendJson(response, 200, document);
      if (url?.startsWith('/v1/documents?fileName=')) return sendJson(response, 200, { items: [] });
      return refuse(response, 404, { code: 'not_found', detail: 'You have no document with this id.' });
    });
    const found = await ran(['status', documentId.toUpperCase(), '--server', server.url]);
    assert.equal(found.exit, 1);
    assert.match(found.stdout, / error +It is damaged\./);
    const other = documentId.replace(/^./, documentId.startsWith('0') ? '1' : '0');
    const missing = await ran(['status', other, '--server', server.url]);
    assert.equal(missing.exit, 5);
    assert.match(server.asked.at(-1) ?? '', /fileName=/);
  });

  it('forgets a login also when the server cannot be told', async () => {
    await using folder = await folderWith();
    await using server = await serverDouble((request) => void request.destroy());
    await fileTokens(join(folder.path, 'assistant'), server.url).write({
      email: 'ada@example.org',
      accessToken: 'a',
      refreshToken: 'r',
      expiresAt: Date.now() + 60_000,
    });
    const env = { XDG_CONFIG_HOME: folder.path };
    const { exit, stderr } = await ran(['logout', '--server', server.url], { env });
    assert.equal(exit, 0);
    assert.match(stderr, /could not be told/);
    assert.equal((await ran(['ls', '--server', server.url], { env })).exit, 3);
    assert.match((await ran(['logout', '--server', server.url], { env })).stderr, /^Nobody was logged in/);
  });

  it('says so where a login cannot be kept', async () => {
    await using folder = await folderWith({ config: 'a file where a folder should be' });
    await using empty = await emptyServer();
    const env = { XDG_CONFIG_HOME: join(folder.path, 'config') };
    const prompt = answering('open sesame');
    const login = ['login', '--server', empty.server.url, '--email', 'ada@example.org'];
    const { exit, stderr } = await ran(login, { env, prompt });
    assert.equal(exit, 1);
    assert.match(stderr, /^The login cannot be kept in /);
  });

  it('knows where a password would go over the network in the clear', () => {
    const closed = ['https://docs.example.org', 'http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'];
    assert.ok(closed.every((url) => !isOpenToOthers(url)));
    assert.ok(['http://docs.example.org', 'http://127.0.0.1.example.org', 'http://localhost.x'].every(isOpenToOthers));
  });
});
