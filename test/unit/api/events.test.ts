import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mock } from 'node:test';
import express from 'express';
import { z } from 'zod';
import { type EventSource, events } from '../../../api/http/events.ts';

const reply = events({ step: z.object({ n: z.int() }) });
type Source = EventSource<{ event: 'step'; data: { n: number } }>;

/** Serves one stream on a port of its own. */
const serving = async (source: Source) => {
  const never = new AbortController().signal;
  const server = express()
    .get('/', async (request, response) => {
      const left = new AbortController();
      response.once('close', () => left.abort());
      await reply.send(source, { request, response, left: left.signal, stopping: never });
    })
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(server, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
};

describe('an event stream', () => {
  it('sends each event with its name and, as JSON, what its schema names', async () => {
    await using server = await serving(async function* () {
      yield { event: 'step', data: { n: 1, inside: true } };
      yield { event: 'step', data: { n: 2 } };
    });
    const response = await fetch(server.url);
    assert.equal(response.headers.get('Content-Type'), 'text/event-stream; charset=utf-8');
    assert.equal(await response.text(), 'event: step\ndata: {"n":1}\n\nevent: step\ndata: {"n":2}\n\n');
  });

  it('may end before it has begun', async () => {
    await using server = await serving(async function* () {});
    assert.equal(await (await fetch(server.url)).text(), '');
  });

  it('says a comment every 15 s, so that nothing on the way takes it for dead', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const end = Promise.withResolvers<void>();
      await using server = await serving(async function* () {
        yield { event: 'step', data: { n: 1 } };
        await end.promise;
      });
      const response = await fetch(server.url);
      mock.timers.tick(30_000);
      end.resolve();
      assert.equal(await response.text(), 'event: step\ndata: {"n":1}\n\n:\n\n:\n\n');
    } finally {
      mock.timers.reset();
    }
  });

  it('waits for a reader that is slow, and ends its source when the reader leaves', async () => {
    const MANY = 100_000;
    const ended = Promise.withResolvers<number>();
    await using server = await serving(async function* (ending) {
      let n = 0;
      try {
        for (; n < MANY; n += 1) yield { event: 'step', data: { n } };
      } finally {
        ended.resolve(ending.aborted ? n : MANY);
      }
    });
    const leave = new AbortController();
    const response = await fetch(server.url, { signal: leave.signal });
    await response.body?.getReader().read();
    leave.abort();
    assert.ok((await ended.promise) < MANY);
  });
});
