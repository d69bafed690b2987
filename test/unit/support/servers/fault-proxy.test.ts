import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listening } from '../../../support/listening.ts';
import { DYNAMODB_THROTTLE, type FaultProxy, startFaultProxy } from '../../../support/servers/fault-proxy.ts';

/** A server that says what it was asked; bulk requests are done, whatever they say. */
const echo = async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    bodies.push(body);
    const lines = body.split('\n').filter((line) => line.includes('"_id"'));
    const items = lines.map((line) => ({ index: { ...JSON.parse(line).index, status: 201 } }));
    const bulk = JSON.stringify({ took: 3, errors: false, items });
    const { method, url, headers } = request;
    response.end(url?.endsWith('_bulk') ? bulk : JSON.stringify({ method, url, body, host: headers.host }));
  });
  return { ...(await listening(server)), bodies };
};

/** @param random what is drawn, in turns */
const proxied = async (random: () => number = () => 0) => {
  await using stack = new AsyncDisposableStack();
  const upstream = stack.use(await echo());
  const proxy = stack.use(await startFaultProxy(upstream.url, random));
  const owned = stack.move();
  return { proxy, upstream, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const inTurns = (...draws: number[]) => {
  let turn = -1;
  return () => {
    turn += 1;
    return draws[turn % draws.length] ?? 0;
  };
};

/** On a connection of its own: none is left over for the next. */
const ask = (proxy: FaultProxy, path = '/', init: RequestInit = {}) =>
  fetch(`${proxy.url}${path}`, { ...init, headers: { Connection: 'close', ...init.headers } });

const put = (id: string) => `{"index":{"_id":"${id}"}}\n{"text":"${id}"}\n`;

describe('fault proxy', () => {
  it('hands requests and replies on as they are, the host that was asked among them', async () => {
    await using place = await proxied();
    const reply = await ask(place.proxy, '/a%2Fb?c=d', { method: 'PUT', body: 'ä'.repeat(100_000) });
    const { host } = new URL(place.proxy.url);
    assert.deepEqual(await reply.json(), { method: 'PUT', url: '/a%2Fb?c=d', body: 'ä'.repeat(100_000), host });
  });

  it('answers its share of requests itself, until the fault is over', async () => {
    await using place = await proxied(inTurns(0.05, 0.5));
    {
      using _ = place.proxy.answer({ share: 0.1, answer: DYNAMODB_THROTTLE });
      const hit = await ask(place.proxy, '/', { method: 'POST', body: '{}' });
      assert.equal(hit.status, 400);
      assert.match(await hit.text(), /#ProvisionedThroughputExceededException/);
      assert.equal((await ask(place.proxy)).status, 200);
    }
    assert.equal((await ask(place.proxy)).status, 200);
    assert.deepEqual(place.proxy.counts(), { forwarded: 2, answered: 1, itemsFailed: 0 });
    assert.equal(place.upstream.bodies.length, 2);
  });

  it('answers those alone that it is told to', async () => {
    await using place = await proxied();
    const when = ({ path }: { path: string }) => path === '/bad';
    using _ = place.proxy.answer({ share: 1, when, answer: { status: 503 } });
    assert.equal((await ask(place.proxy, '/good')).status, 200);
    assert.equal((await ask(place.proxy, '/bad')).status, 503);
  });

  it('refuses connections while it is away, and is back at the same address', async () => {
    await using place = await proxied();
    {
      await using _ = await place.proxy.goAway();
      await assert.rejects(ask(place.proxy), ({ cause }) => (cause as { code: string }).code === 'ECONNREFUSED');
    }
    assert.equal((await ask(place.proxy)).status, 200);
  });

  it('cuts what is under way when it goes away', async () => {
    const slow = createServer(() => undefined);
    await using upstream = await listening(slow);
    await using proxy = await startFaultProxy(upstream.url);
    const asked = ask(proxy).catch(({ cause }) => cause.code);
    await once(slow, 'request');
    await using _ = await proxy.goAway();
    assert.match(await asked, /ECONNRESET|UND_ERR_SOCKET/);
  });

  it('lets items of a bulk request fail that the server never gets', async () => {
    await using place = await proxied(inTurns(0.9, 0.1));
    using _ = place.proxy.failBulkItems({ share: 0.2, statuses: [429, 503] });
    const body = ['a', 'b', 'c', 'd'].map(put).join('');
    const reply = await ask(place.proxy, '/chunks/_bulk', { method: 'POST', body });
    const { errors, items } = (await reply.json()) as { errors: boolean; items: Record<string, { status: number }>[] };
    assert.equal(errors, true);
    assert.deepEqual(
      items.map(({ index }) => index?.status),
      [201, 429, 201, 503],
    );
    assert.deepEqual(place.upstream.bodies, [put('a') + put('c')]);
    assert.equal(place.proxy.counts().itemsFailed, 2);
  });

  it('asks the server nothing when all items of a bulk request fail', async () => {
    await using place = await proxied();
    using _ = place.proxy.failBulkItems({ share: 1, statuses: [429] });
    const reply = await ask(place.proxy, '/chunks/_bulk', { method: 'POST', body: put('a') });
    assert.equal(reply.status, 200);
    const { items } = (await reply.json()) as { items: { index: { _index: string; error: { type: string } } }[] };
    assert.equal(items[0]?.index._index, 'chunks');
    assert.equal(items[0]?.index.error.type, 'rejected_execution_exception');
    assert.deepEqual(place.upstream.bodies, []);
  });
});
