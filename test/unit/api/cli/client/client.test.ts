import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { openClient } from '../../../../../api/cli/client/client.ts';
import { fileTokens } from '../../../../../api/cli/client/token-file.ts';
import { givenToken, memoryTokens, type Tokens } from '../../../../../api/cli/client/tokens.ts';
import { allOf } from '../support/all-of.ts';
import { folderWith } from '../support/folder.ts';
import { bodyOf, refuse, sendJson, serverDouble } from '../support/server-double.ts';

const FAR = Date.now() + 3_600_000;
const login = (changes: Partial<Tokens> = {}): Tokens => ({
  email: 'ada@example.org',
  accessToken: 'old',
  expiresAt: FAR,
  refreshToken: 'refresh-1',
  ...changes,
});

/** A server at which one access token counts at a time; each refresh token serves once. */
const renewing = async () => {
  let generation = 1;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/v1/auth/refresh') {
      const { refreshToken } = JSON.parse(String(await bodyOf(request)));
      if (refreshToken !== `refresh-${generation}`) return refuse(response, 401, { code: 'unauthenticated' });
      generation += 1;
      const [accessToken, next] = [`access-${generation}`, `refresh-${generation}`];
      return sendJson(response, 200, { accessToken, refreshToken: next, expiresIn: 900 });
    }
    request.resume();
    if (request.headers.authorization === `Bearer access-${generation}`) return sendJson(response, 200, { items: [] });
    return refuse(response, 401, { code: 'unauthenticated', detail: 'Log in.' });
  };
  return serverDouble(answer);
};

describe('a client', () => {
  it('says how to log in when nobody is, without asking the server', async () => {
    await using server = await serverDouble(() => {});
    await using client = openClient({ url: server.url });
    const expected = { code: 'unauthenticated', message: 'Log in first: npm run assistant -- login' };
    await assert.rejects(client.list(), expected);
    assert.deepEqual(server.asked, []);
  });

  it('renews an access token that is not accepted any more', async () => {
    await using server = await renewing();
    const tokens = memoryTokens(login());
    await using client = openClient({ url: server.url, tokens });
    assert.deepEqual(await client.list(), { items: [] });
    assert.deepEqual(server.asked, ['GET /v1/documents', 'POST /v1/auth/refresh', 'GET /v1/documents']);
    assert.equal((await tokens.read())?.refreshToken, 'refresh-2');
  });

  it('renews an access token before its time is over', async () => {
    await using server = await renewing();
    await using client = openClient({ url: server.url, tokens: memoryTokens(login({ expiresAt: Date.now() })) });
    await client.list();
    assert.deepEqual(server.asked, ['POST /v1/auth/refresh', 'GET /v1/documents']);
  });

  it('uses a refresh token once, however many calls and commands meet its end', async () => {
    await using server = await renewing();
    await using folder = await folderWith();
    const stores = [fileTokens(folder.path, server.url), fileTokens(folder.path, server.url)] as const;
    await stores[0].write(login());
    await using one = openClient({ url: server.url, tokens: stores[0] });
    await using other = openClient({ url: server.url, tokens: stores[1] });
    await Promise.all([one.list(), other.list(), one.list(), other.list()]);
    assert.equal(server.asked.filter((call) => call.includes('refresh')).length, 1);
  });

  it('forgets a login that the server has ended, and says to log in', async () => {
    await using server = await renewing();
    const tokens = memoryTokens(login({ refreshToken: 'used' }));
    await using client = openClient({ url: server.url, tokens });
    await assert.rejects(client.list(), { code: 'unauthenticated', message: /login$/ });
    assert.equal(await tokens.read(), undefined);
  });

  it('keeps a login when the server cannot be asked to renew it', async () => {
    const tokens = memoryTokens(login({ expiresAt: 0 }));
    await using server = await serverDouble((request) => void request.destroy());
    await using client = openClient({ url: server.url, tokens });
    await assert.rejects(client.list(), { code: 'unavailable' });
    assert.deepEqual(await tokens.read(), login({ expiresAt: 0 }));
  });

  it('says that a token which was given is not accepted', async () => {
    await using server = await renewing();
    await using client = openClient({ url: server.url, tokens: givenToken('mine') });
    await assert.rejects(client.list(), { code: 'unauthenticated', message: /token that was given/ });
  });

  it('knows what is no assistant', async () => {
    await using server = await serverDouble((_request, response) => void response.writeHead(404).end('<html>'));
    await using client = openClient({ url: server.url, tokens: givenToken('mine') });
    await assert.rejects(client.list(), { code: 'unavailable', message: /is no assistant/ });
  });

  it('tries again at once where the server asks for no more', async () => {
    let calls = 0;
    await using server = await serverDouble((_request, response) => {
      calls += 1;
      if (calls === 1) refuse(response, 429, { code: 'throttled' }, { 'Retry-After': '0' });
      else sendJson(response, 200, { items: [] });
    });
    await using client = openClient({ url: server.url, tokens: givenToken('mine') });
    await client.list({ status: 'ready', limit: 5 });
    assert.deepEqual(server.asked, Array(2).fill('GET /v1/documents?status=ready&limit=5'));
  });

  it('streams an answer', async () => {
    await using server = await serverDouble((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('event: token\ndata: {"text":"Yes"}\n\nevent: citations\ndata: {"citations":[]}\n\n');
      response.end('event: done\ndata: {}\n\n');
    });
    await using client = openClient({ url: server.url, tokens: givenToken('mine') });
    assert.deepEqual(await allOf(client.ask({ question: 'Is it?' })), [
      { type: 'token', text: 'Yes' },
      { type: 'citations', citations: [] },
    ]);
  });

  it('says when an answer breaks off', async () => {
    await using server = await serverDouble((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.end('event: token\ndata: {"text":"Ye"}\n\n');
    });
    await using client = openClient({ url: server.url, tokens: givenToken('mine') });
    const asked = allOf(client.ask({ question: 'Is it?' }));
    await assert.rejects(asked, { code: 'unavailable', message: /broke off/ });
  });

  describe('asked whether a document has a content', () => {
    const HASH = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'; // of "abc"
    const asking = async (answer: (response: ServerResponse) => void): Promise<boolean> => {
      await using server = await serverDouble((_request, response) => answer(response));
      await using client = openClient({ url: server.url, tokens: givenToken('mine') });
      return await client.holds('id', HASH);
    };

    it('says yes when nothing has changed', async () => {
      assert.equal(await asking((response) => void response.writeHead(304).end()), true);
    });

    it('says no when the server knows another hash, and does not read the content', async () => {
      const answer = (response: ServerResponse) =>
        void response.writeHead(200, { ETag: '"other"' }).write('never ends');
      assert.equal(await asking(answer), false);
    });

    it('compares the content where the server does not know its hash yet', async () => {
      assert.equal(await asking((response) => void response.end('abc')), true);
      assert.equal(await asking((response) => void response.end('abd')), false);
    });

    it('follows an address elsewhere, without its login', async () => {
      const logins: (string | undefined)[] = [];
      await using storage = await serverDouble((request, response) => {
        logins.push(request.headers.authorization);
        response.end('abc');
      });
      const answer = (response: ServerResponse) =>
        void response.writeHead(302, { Location: `${storage.url}/key` }).end();
      assert.equal(await asking(answer), true);
      assert.deepEqual(logins, [undefined]);
    });

    it('follows no address to a content whose hash is known', async () => {
      const headers = { Location: 'http://127.0.0.1:1/', ETag: '"other"' };
      assert.equal(await asking((response) => void response.writeHead(302, headers).end()), false);
    });

    it('says no when the document is gone', async () => {
      assert.equal(await asking((response) => refuse(response, 404, { code: 'not_found' })), false);
    });
  });
});
