import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectionTo, type Server } from '../../../../common/adapters/aws/opensearch/connection.ts';
import { Refusal, unless } from '../../../../common/adapters/aws/opensearch/opensearch-errors.ts';
import { codeOf } from '../../../../common/domain/errors.ts';

/** A server that answers all alike, and a connection to it. */
const listening = async (service: Server['service'], reply: { status: number; body?: object } = { status: 200 }) => {
  await using stack = new AsyncDisposableStack();
  const seen: { headers: IncomingHttpHeaders; port: number | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ headers: request.headers, port: request.socket.remotePort });
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body ?? {}));
    request.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { ask } = stack.use(connectionTo({ url, service, region: 'eu-west-1' }));
  const owned = stack.move();
  return { url, seen, ask, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'a token' };

/** Gives the credentials to find for one test alone. */
const withKeys = (): Disposable => {
  const before = { ...process.env };
  Object.assign(process.env, KEYS);
  return {
    [Symbol.dispose]() {
      for (const name of Object.keys(KEYS)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    },
  };
};

describe('connectionTo', () => {
  for (const service of ['es', 'aoss'] as const) {
    it(`signs requests for ${service}, body and session included`, async () => {
      using _keys = withKeys();
      await using server = await listening(service);
      await server.ask({ method: 'POST', path: '/chunks/_bulk', body: '{"index":{}}\n{}\n' });
      const headers = server.seen[0]?.headers ?? {};
      const scope = new RegExp(`^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-west-1/${service}/aws4_request, `);
      assert.match(headers.authorization ?? '', scope);
      assert.match(headers.authorization ?? '', /SignedHeaders=[^,]*x-amz-content-sha256/);
      assert.match(String(headers['x-amz-content-sha256']), /^[0-9a-f]{64}$/);
      assert.equal(headers['x-amz-security-token'], 'a token');
    });
  }

  it('signs nothing for a server that asks for none', async () => {
    await using server = await listening('none');
    await server.ask({ method: 'GET', path: '/chunks/_mapping' });
    assert.equal(server.seen[0]?.headers.authorization, undefined);
  });

  it('keeps its socket from one request to the next', async () => {
    await using server = await listening('none');
    for (let round = 0; round < 3; round++) await server.ask({ method: 'GET', path: '/chunks/_mapping' });
    assert.equal(new Set(server.seen.map(({ port }) => port)).size, 1);
  });

  it('asks three times for what may be asked again, and once for a write', async () => {
    await using server = await listening('none', { status: 503 });
    const question = { method: 'POST', path: '/chunks/_search', body: {} } as const;
    await assert.rejects(server.ask(question), (error) => codeOf(error) === 'unavailable');
    assert.equal(server.seen.length, 3);
    await assert.rejects(server.ask({ ...question, once: true }), (error) => codeOf(error) === 'unavailable');
    assert.equal(server.seen.length, 4);
  });

  for (const [status, type, code] of [
    [429, 'rejected_execution_exception', 'throttled'],
    [500, 'some_exception', 'unavailable'],
    [404, 'index_not_found_exception', 'unavailable'],
    [403, 'Forbidden', 'unavailable'],
    [403, 'cluster_block_exception', 'storage_full'],
    [400, 'parsing_exception', 'internal'],
  ] as const) {
    it(`takes ${status} ${type} for ${code}, without the texts that it quotes`, async () => {
      await using server = await listening('none', { status, body: { error: { type, reason: 'secret text' } } });
      const answer = server.ask({ method: 'POST', path: '/chunks/_search', body: { query: 'secret question' } });
      await assert.rejects(answer, (error: Error) => {
        assert.equal(codeOf(error), code);
        const cause = error instanceof Refusal ? error : (error.cause as Refusal);
        assert.deepEqual([cause.status, cause.type], [status, type]);
        assert.doesNotMatch(`${error} ${error.stack} ${JSON.stringify({ ...error, ...cause })}`, /secret/);
        return true;
      });
    });
  }

  it('is unavailable where nobody listens', async () => {
    let url: string;
    {
      await using server = await listening('none');
      url = server.url;
    }
    await using connection = connectionTo({ url, service: 'none', region: 'eu-west-1' });
    const answer = connection.ask({ method: 'GET', path: '/' });
    await assert.rejects(answer, (error) => codeOf(error) === 'unavailable');
  });

  it('lets a caller take one refusal for an answer, and no other', async () => {
    await using server = await listening('none', {
      status: 404,
      body: { error: { type: 'index_not_found_exception' } },
    });
    const ask = () => server.ask({ method: 'GET', path: '/chunks/_mapping' });
    assert.equal(await unless(ask(), 'index_not_found_exception'), undefined);
    await assert.rejects(unless(ask(), 'resource_already_exists_exception'));
  });
});
