import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ServerEvent, serverEvents } from '../../../../../api/cli/client/events.ts';
import { allOf } from '../support/all-of.ts';

async function* cut(bytes: Uint8Array, pieces: number): AsyncGenerator<Uint8Array> {
  const size = Math.ceil(bytes.length / pieces);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (text: string, pieces = 1): Promise<ServerEvent[]> => allOf(serverEvents(cut(Buffer.from(text), pieces)));

describe('server-sent events', () => {
  it('are read with their names and data', async () => {
    assert.deepEqual(await read('event: token\ndata: {"text":"Hi"}\n\ndata: plain\n\n'), [
      { event: 'token', data: '{"text":"Hi"}' },
      { event: 'message', data: 'plain' },
    ]);
  });

  it('join the lines of their data', async () => {
    assert.deepEqual(await read('data: one\ndata:two\n\n'), [{ event: 'message', data: 'one\ntwo' }]);
  });

  it('leave out comments, and an event that is not whole', async () => {
    assert.deepEqual(await read(':\n\n: beat\n\nevent: done\ndata: {}\n\ndata: half'), [{ event: 'done', data: '{}' }]);
  });

  it('are the same wherever the bytes are cut, whatever ends a line', async () => {
    const pieces = fc.integer({ min: 1, max: 60 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.constantFrom('\n', '\r\n', '\r'), async (count, end) => {
        const text = ['event: token', 'data: grüße 👋', '', ':', '', 'event: done', 'data: {}', '', ''].join(end);
        assert.deepEqual(await read(text, count), [
          { event: 'token', data: 'grüße 👋' },
          { event: 'done', data: '{}' },
        ]);
      }),
    );
  });

  it('say that the connection broke', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('data: one\n\n');
      throw new Error('aborted');
    }
    await assert.rejects(allOf(serverEvents(broken())), { code: 'unavailable', message: /connection broke/ });
  });

  it('do not hold an event without end in memory', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(1024 * 1024, 'x');
    }
    await assert.rejects(allOf(serverEvents(endless())), { code: 'unavailable', message: /endless/ });
  });
});
