import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { openTransport } from '../../../../../api/cli/client/http.ts';
import { problemOf, retryAfterOf, textOf } from '../../../../../api/cli/client/problem.ts';
import { AppError } from '../../../../../common/domain/errors.ts';
import { bodyOf, refuse, serverDouble } from '../support/server-double.ts';

/** An address at which nobody listens any more. */
const deserted = async (): Promise<string> => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
};

const endless = (): Readable => {
  const piece = Buffer.alloc(64 * 1024);
  return new Readable({
    read() {
      this.push(piece);
    },
  });
};

const opened = (url: string) => {
  const transport = openTransport(url);
  return { ...transport, [Symbol.dispose]: () => transport.close() };
};

describe('the connection to a server', () => {
  it('says what to do when nobody answers', async () => {
    const url = await deserted();
    using transport = opened(url);
    const message = `No assistant answers at ${url}. Start it with npm start, or give --server.`;
    await assert.rejects(transport.send({ method: 'GET', path: '/' }), { code: 'unavailable', message });
  });

  it('sends to another server what has its address', async () => {
    await using storage = await serverDouble((request, response) => {
      response.end(`${request.method} ${request.url} ${request.headers.authorization}`);
    });
    using transport = opened('http://127.0.0.1:1');
    const reply = await transport.send({ method: 'GET', path: `${storage.url}/bucket/key?signature=x` });
    assert.equal(await textOf(reply.body, 100), 'GET /bucket/key?signature=x undefined');
  });

  it('says that it is the storage which does not answer', async () => {
    const url = await deserted();
    using transport = opened('http://127.0.0.1:1');
    const message = `The assistant's storage at ${url} cannot be reached. Try again.`;
    await assert.rejects(transport.send({ method: 'PUT', path: `${url}/key` }), { code: 'unavailable', message });
  });

  it('streams a body and reads the reply', async () => {
    await using server = await serverDouble(async (request, response) => {
      response.end(`got ${(await bodyOf(request)).length}`);
    });
    using transport = opened(server.url);
    const body = Readable.from([Buffer.alloc(70_000), Buffer.alloc(30_000)]);
    const reply = await transport.send({ method: 'POST', path: '/', headers: { 'Content-Length': 100_000 }, body });
    assert.equal(await textOf(reply.body, 100), 'got 100000');
  });

  it('hears a no before it has sent everything, and then sends no more', async () => {
    const ended = Promise.withResolvers<void>();
    await using server = await serverDouble((request, response) => {
      request.socket.on('close', () => ended.resolve());
      request.resume();
      refuse(response, 413, { code: 'too_large', detail: 'Too large.' });
    });
    using transport = opened(server.url);
    const reply = await transport.send({ method: 'POST', path: '/', body: endless() });
    const { code, message, status } = await problemOf(reply);
    assert.deepEqual({ code, message, status }, { code: 'too_large', message: 'Too large.', status: 413 });
    await ended.promise;
  });

  it('hands on what goes wrong with the body', async () => {
    await using server = await serverDouble((request) => void request.resume());
    using transport = opened(server.url);
    const body = Readable.from(
      (async function* () {
        yield Buffer.from('beginning');
        throw new AppError('unreadable', 'it became shorter');
      })(),
    );
    const sent = transport.send({ method: 'POST', path: '/', headers: { 'Content-Length': 1_000 }, body });
    await assert.rejects(sent, { code: 'unreadable', message: 'it became shorter' });
  });

  it('tells a connection that breaks from a server that is not there', async () => {
    await using server = await serverDouble((request) => void request.destroy());
    using transport = opened(server.url);
    await assert.rejects(transport.send({ method: 'GET', path: '/' }), { code: 'unavailable', message: /broke/ });
  });

  it('stops when it is told to, and says when time is up', async () => {
    await using server = await serverDouble(() => {});
    using transport = opened(server.url);
    const stopped = transport.send({ method: 'GET', path: '/', signal: AbortSignal.abort() });
    await assert.rejects(stopped, { name: 'AbortError' });
    const late = transport.send({ method: 'GET', path: '/', signal: AbortSignal.timeout(5) });
    await assert.rejects(late, { code: 'unavailable', message: /in time/ });
  });

  it('stops in the middle of an upload', async () => {
    const stopping = new AbortController();
    await using server = await serverDouble((request) => void request.once('data', () => stopping.abort()));
    using transport = opened(server.url);
    const sent = transport.send({ method: 'POST', path: '/', body: endless(), signal: stopping.signal });
    await assert.rejects(sent, { name: 'AbortError' });
  });

  it('does not hold a reply of any length', async () => {
    await using server = await serverDouble((_request, response) => void response.end('x'.repeat(1_000)));
    using transport = opened(server.url);
    const { body } = await transport.send({ method: 'GET', path: '/' });
    await assert.rejects(textOf(body, 999), { code: 'unavailable' });
  });
});

describe('a refusal', () => {
  it('has the words and the code of the server, and its wish to wait', async () => {
    await using server = await serverDouble((_request, response) =>
      refuse(response, 429, { code: 'throttled', detail: 'Slowly.' }, { 'Retry-After': '7' }),
    );
    using transport = opened(server.url);
    const { code, message, retryAfterSeconds } = await problemOf(await transport.send({ method: 'GET', path: '/' }));
    assert.deepEqual([code, message, retryAfterSeconds], ['throttled', 'Slowly.', 7]);
  });

  it('has a code even where the server says nothing', async () => {
    await using server = await serverDouble((_request, response) => void response.writeHead(503).end('<html>'));
    using transport = opened(server.url);
    const { code, message } = await problemOf(await transport.send({ method: 'GET', path: '/' }));
    assert.deepEqual([code, message], ['unavailable', 'The server answered 503.']);
  });

  it('reads a wait in seconds, or until a date', () => {
    const now = Date.parse('2026-11-22T16:00:00Z');
    assert.equal(retryAfterOf('12', now), 12);
    assert.equal(retryAfterOf('Sun, 22 Nov 2026 16:01:00 GMT', now), 60);
    assert.equal(retryAfterOf('Sun, 22 Nov 2026 15:00:00 GMT', now), 0);
    assert.deepEqual([retryAfterOf('soon', now), retryAfterOf(undefined, now)], [undefined, undefined]);
  });
});
